// The two clients of the demo, one for each side. Where callers have to say who
// they are, the demo is given a token for each; a portal of yours has its own,
// of its own side only, and keeps it on its server.

import { Rightvoice } from "../rightvoice.js";

/** @param {(call: import("../rightvoice.js").Seen) => void} seen */
export async function sides(seen) {
  const access = /** @type {{ tenant: string, tokens: Record<string, string> }} */ (await (await fetch("/demo/access.json")).json());
  const as = (/** @type {string} */ asker) => new Rightvoice({ tenant: access.tenant, seen, ...(access.tokens[asker] && { token: access.tokens[asker] }) });
  return { ASKER_INSURER: as("ASKER_INSURER"), ASKER_PROVIDER: as("ASKER_PROVIDER") };
}
