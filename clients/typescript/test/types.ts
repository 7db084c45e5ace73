// What must compile and, above all, what must not. Only tsc reads this file.
import { itemError, RightvoiceClient, RightvoiceError, type Code, type Decision, type Schema } from "../src/index.js";

const client = new RightvoiceClient({ baseUrl: "https://api.example", token: async () => "t" });

export async function right(signal: AbortSignal): Promise<void> {
  const decision: Decision = await client.recommend({ asker: "ASKER_INSURER", memberRef: "m", context: { acuteDxActive: false, benefitAvailable: ["gym"] } }, { signal });
  const sender: "SENDER_PROVIDER" | string = decision.recommendations[0]!.sender;
  const [first] = await client.batch([{ asker: "ASKER_PROVIDER" }]);
  if (first?.decision) void first.decision.decisionId;
  const error: RightvoiceError | undefined = first && itemError(first);
  const code: Code | undefined = error?.code;
  const draft: Schema<"Draft"> = await client.call("get", "/v1/drafts/{draft_id}", { path: { draft_id: "d" }, query: { tenant: "t" } });
  void (await client.call("get", "/v1/meta"));
  void (await client.call("put", "/v1/settings", { body: await client.call("get", "/v1/settings") }));
  for await (const { version } of client.watch()) void version.number;
  void [sender, code, draft, await client.feedback("d", { asker: "ASKER_INSURER", kind: "FEEDBACK_KIND_SHOWN" })];
  void (await client.members.recordFacts({ asker: "ASKER_PROVIDER", events: [{ memberRef: "m", source: "adt", asOf: "2026-01-01T00:00:00Z", attributes: { own: { intValue: "1" } } }] })).summary;
}

export async function wrong(): Promise<void> {
  // @ts-expect-error asker is required
  await client.recommend({ memberRef: "m" });
  // @ts-expect-error a misspelt field
  await client.recommend({ asker: "ASKER_INSURER", topik: "sleep" });
  // @ts-expect-error a misspelt fact
  await client.recommend({ asker: "ASKER_INSURER", context: { hoursSinceAcute: 2 } });
  // @ts-expect-error a word that no asker has
  await client.recommend({ asker: "INSURER" });
  // @ts-expect-error a number where a truth value belongs
  await client.recommend({ asker: "ASKER_INSURER", context: { acuteDxActive: 1 } });
  // @ts-expect-error a misspelt choice within a choice of fields
  await client.recommend({ asker: "ASKER_INSURER", attributes: { own: { integer: "1" } } });
  // @ts-expect-error not in an answer
  void (await client.recommend({ asker: "ASKER_INSURER" })).recommendation;
  // @ts-expect-error an event without a time
  await client.members.recordFacts({ asker: "ASKER_PROVIDER", events: [{ memberRef: "m", source: "adt" }] });
  // @ts-expect-error no such path
  await client.call("get", "/v1/draft");
  // @ts-expect-error the path takes no such method
  await client.call("delete", "/v1/drafts");
  // @ts-expect-error what goes into the path is missing
  await client.call("get", "/v1/drafts/{draft_id}");
  // @ts-expect-error the body is missing
  await client.call("post", "/v1/drafts/{draft_id}:submit", { path: { draft_id: "d" } });
  // @ts-expect-error a misspelt key of the query
  await client.call("get", "/v1/drafts", { query: { al: true } });
  // @ts-expect-error answers line by line: use stream
  await client.call("get", "/v1/versions:watch");
  // @ts-expect-error does not answer line by line
  client.stream("get", "/v1/drafts");
  // @ts-expect-error no address
  void new RightvoiceClient({});
}
