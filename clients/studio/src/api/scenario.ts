// Scenarios as edits of a draft. They are written as the rows of a file, which
// nobody has to look at.
import { withoutUnknown, type Person } from "./person";
import type { Content, Operation, Scenario, ScenarioAnswer, Evaluated } from "./types";

type Decision = Evaluated["evaluations"][number]["decision"];

/** The moment of scenarios that name none. */
const usualAt = "2026-03-01T12:00:00Z";

export interface Example {
  id: string;
  about: string;
  person: Person;
  expect: readonly ScenarioAnswer[];
}

/** What a decision says, as a scenario expects it. */
export function expected(d: Decision): ScenarioAnswer[] {
  return (d?.recommendations ?? []).map((r) => {
    const safety = r.sender === "SENDER_SAFETY";
    return {
      topic: safety ? "" : r.topic,
      mindset: r.mindset.replace("MINDSET_", "").toLowerCase(),
      sender: r.sender.replace("SENDER_", "").toLowerCase(),
      notice: safety ? (r.advice[0]?.id ?? "") : "",
      advice: safety ? [] : r.advice.map((a) => a.id),
      adviceCounts: !safety,
      held: r.suppressed.map((s) => ({ id: s.adviceId, code: s.code })),
      heldCounts: r.suppressed.length > 0,
    };
  });
}

const words = /^[A-Za-z_][\w.-]*$/;
const special = new Set(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "~"]);

/** A scalar; what YAML could take for something else stands in quotes, which JSON's are. */
const scalar = (v: unknown): string => (typeof v === "string" && !(words.test(v) && !special.has(v.toLowerCase())) ? JSON.stringify(v) : String(v));

function flow(v: unknown): string {
  if (Array.isArray(v)) return `[${v.map(flow).join(", ")}]`;
  if (v && typeof v === "object" && !(v instanceof Plain)) return `{${Object.entries(v).filter(([, x]) => x !== undefined).map(([k, x]) => `${k}: ${flow(x)}`).join(", ")}}`;
  return scalar(v);
}

/** One row of a file of scenarios. */
export function rowOf({ id, about, person, expect }: Example): string {
  const context = withoutUnknown(person.facts);
  const ask = {
    topic: person.topic || undefined,
    asker: person.asker === "integrated" ? undefined : person.asker,
    language: person.language && person.language !== "en" ? person.language : undefined,
    text: person.text || undefined,
    context: Object.keys(context).length > 0 ? context : undefined,
    diagnoses: person.diagnoses?.length ? person.diagnoses.map(diagnosis) : undefined,
  };
  const at = person.at && !sameMoment(person.at, usualAt) ? [`at: ${person.at.replace(/\.\d+Z$/, "Z")}`] : [];
  return [`id: ${scalar(id)}`, `about: ${JSON.stringify(about)}`, ...at, `ask: ${flow(ask)}`, `expect: ${flow(expect.map(answer))}`, ""].join("\n");
}

const sameMoment = (a: string, b: string): boolean => new Date(a).getTime() === new Date(b).getTime();

function diagnosis(d: NonNullable<Person["diagnoses"]>[number]) {
  const day = (x: string | undefined) => (x ? new Plain(x) : undefined);
  return { system: d.system === "SNOMED" ? "snomed" : "icd10cm", code: d.code, onset: day(d.onset), abated: day(d.abated) };
}

/** Text that is written without quotes: a day. */
class Plain {
  constructor(readonly text: string) {}
  toString() {
    return this.text;
  }
}

function answer(a: ScenarioAnswer) {
  return {
    topic: a.topic || undefined,
    mindset: a.mindset || undefined,
    sender: a.sender || undefined,
    notice: a.notice || undefined,
    advice: a.adviceCounts ? a.advice : undefined,
    suppressed: a.heldCounts ? a.held.map((h) => ({ id: h.id, code: h.code })) : undefined,
  };
}

/** An id of a few words that no scenario has. */
export function newId(about: string, taken: ReadonlySet<string>): string {
  const plain = about.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const base = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").split("-").slice(0, 9).join("-").slice(0, 60).replace(/-+$/, "") || "scenario";
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(id)) return id;
  }
}

/** Where a new scenario is kept: with those like it, or by where it comes from. */
export function fileFor(content: Content, topic: string, origin: string): string {
  const own: Record<string, string> = { counterexample: "cases/counterexamples.yaml", traffic: "cases/traffic.yaml" };
  if (own[origin]) return own[origin];
  const count = new Map<string, number>();
  for (const s of content.scenarios) if ((s.request?.topic ?? "") === topic) count.set(s.file, (count.get(s.file) ?? 0) + 1);
  const best = [...count].sort((a, b) => b[1] - a[1])[0]?.[0];
  return best ?? "cases/tried.yaml";
}

/** Adds a scenario. */
export function addScenario(content: Content, e: Example, origin = ""): Operation[] {
  const file = fileFor(content, e.person.topic, origin);
  const begin: Operation[] = content.files.includes(file) ? [] : [{ do: "write_file", file, text: "cases: []\n" }];
  return [...begin, { do: "insert", list: "cases", file, text: rowOf(e) }];
}

/** Puts other words, facts or answers in the place of a scenario. */
export function replaceScenario(content: Content, old: Scenario, e: Example): Operation[] {
  const beside = content.scenarios.filter((s) => s.file === old.file);
  const i = beside.findIndex((s) => s.id === old.id);
  const after = beside[i - 1]?.id;
  const before = beside[i + 1]?.id;
  const place = after ? { after } : before ? { before } : { file: old.file };
  if (e.id !== old.id || beside.length > 1) return [{ do: "delete", list: "cases", row: old.id }, { do: "insert", list: "cases", text: rowOf(e), ...place }];
  return [{ do: "write_file", file: old.file, text: "cases: []\n" }, { do: "insert", list: "cases", file: old.file, text: rowOf(e) }];
}

export const removeScenario = (id: string): Operation => ({ do: "delete", list: "cases", row: id });
