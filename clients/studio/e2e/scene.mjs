// A server on which something has happened: versions, drafts at different
// stages, answers and what people said about them. Screens without anything
// on them would prove little.
import { call, draftOf, serve } from "./harness.mjs";

const words = (row, en, es) => [
  { do: "set_words", list: "mindset", row, key: "because", language: "en", text: en },
  { do: "set_words", list: "mindset", row, key: "because", language: "es", text: es },
];

/** New drugs count for 30 days instead of 14. */
export const longer = [
  { do: "set_value", list: "mindset", row: "new-drug", at: "0", values: ["30 days"] },
  ...words("new-drug", "The member got a new drug less than 30 days ago.", "El miembro recibió una medicina nueva hace menos de 30 días."),
];

/** Only 7 days after the ER or hospital: the plan would speak too early. */
export const tooShort = [{ do: "set_value", list: "mindset", row: "left-acute-care", at: "0.0", values: ["7 days"] }];

const otherGym = [{ do: "set_words", list: "advice", row: "gym", key: "text", language: "en", text: "Your plan has a gym pass for you. Bring your card to the desk." }];

const asks = [
  { memberRef: "m-1", topic: "activity", context: { coverageStatus: "COVERAGE_STATUS_ACTIVE", benefitAvailable: ["gym"], newRxDays: 20 } },
  { memberRef: "m-2", topic: "sleep", context: { coverageStatus: "COVERAGE_STATUS_ACTIVE", benefitAvailable: ["sleep_program"] } },
  { memberRef: "m-3", topic: "activity", context: { hoursSinceAcuteCare: 216, coverageStatus: "COVERAGE_STATUS_ACTIVE", benefitAvailable: ["gym"] } },
  { memberRef: "m-4", topic: "claim", context: { coverageStatus: "COVERAGE_STATUS_ACTIVE" } },
];

/** Submits, approves by a second person and publishes; gives the number of the version. */
export async function published(url, draft, user = "ann", second = "ben") {
  const of = `drafts/${draft.draftId}`;
  await call(url, "POST", `${of}:submit`, { etag: draft.etag }, user);
  await call(url, "POST", `${of}:approve`, { etag: draft.etag }, second);
  return (await call(url, "POST", `${of}:publish`, { etag: draft.etag }, second)).number;
}

let made;
/** {server, url, toFix, inReview}: made once for all tests that look at screens. */
export const scene = () => (made ??= make());

async function make() {
  const server = await serve(["--demo"]);
  const { url } = server;
  await published(url, await draftOf(url, { title: "Watch new drugs for longer", operations: longer }));
  const decided = [];
  for (const ask of asks) decided.push(await call(url, "POST", "recommendations", { asker: "ASKER_INSURER", ...ask }));
  const toFix = await draftOf(url, { title: "A shorter time after the hospital", operations: tooShort });
  const inReview = await draftOf(url, { user: "ben", title: "Gym words", operations: otherGym });
  await call(url, "POST", `drafts/${inReview.draftId}:submit`, { etag: inReview.etag }, "ben");
  await call(url, "POST", `drafts/${inReview.draftId}:comment`, { text: "The desk asked us to say this." }, "ben");
  return { server, url, decided, toFix: toFix.draftId, inReview: inReview.draftId };
}
