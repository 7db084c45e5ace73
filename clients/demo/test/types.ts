// The module of the demo pages has the methods of @rightvoice/client: whoever
// changes the import changes nothing else.
import type { RightvoiceClient } from "@rightvoice/client";
import { Rightvoice } from "../pages/rightvoice.js";

type Same = Pick<RightvoiceClient, "recommend" | "batch" | "explain" | "listDecisions" | "feedback"> & {
  members: Pick<RightvoiceClient["members"], "recordFacts" | "setChoice" | "get" | "forget">;
};

export const same: Same = new Rightvoice({});
