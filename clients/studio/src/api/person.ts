// A member to try rules on: a question and what is known, in the words of
// content. Requests hold the same by the API's own names and enumerations.
import type { Schema } from "@rightvoice/client";
import type { Fact } from "./types";

export type Request = Schema<"RecommendRequest">;
/** What is known of one fact; null says that it is not known. */
export type Known = boolean | string | number | readonly string[] | null;
export type Side = "integrated" | "insurer" | "provider";

export interface Person {
  /** A few words, for people; empty for one without a name. */
  name: string;
  asker: Side;
  topic: string;
  text: string;
  /** By the fact's name. */
  facts: Readonly<Record<string, Known>>;
  diagnoses: Request["diagnoses"];
  /** When they ask; empty is now. */
  at: string;
  /** Of scenarios: the language they ask in; empty is that of the reader. */
  language?: string;
}

export const nobody: Person = { name: "", asker: "integrated", topic: "", text: "", facts: {}, diagnoses: [], at: "" };

// How the API begins the words of its closed vocabularies. Facts that are not
// here have open ones, whose words are the content's own.
const closed: Readonly<Record<string, string>> = {
  viewer_role: "VIEWER_ROLE_",
  sensitive_topics_shareable: "SENSITIVE_TOPIC_",
  part2_consent: "PART2_CONSENT_",
  opt_out_channels: "OPT_OUT_CHANNEL_",
  member_choice: "MEMBER_CHOICE_",
  channel: "CHANNEL_",
  direction: "DIRECTION_",
  text_intent: "TEXT_INTENT_",
  encounter_class_now: "ENCOUNTER_CLASS_",
  adt_event: "ADT_EVENT_",
  surgery_phase: "SURGERY_PHASE_",
  rx_course: "RX_COURSE_",
  care_program: "CARE_PROGRAM_",
  tobacco: "TOBACCO_",
  pregnancy: "PREGNANCY_",
  coverage_status: "COVERAGE_STATUS_",
  line_of_business: "LINE_OF_BUSINESS_",
  claim_event: "CLAIM_EVENT_",
};

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());

/** Whether a person can be said to have a fact: it is told, and no rule derives it. */
export const canBeTold = (f: Fact): boolean => f.type !== "opaque" && f.group !== "derived";

/** A person as a question to the API. Words are wanted in a language. */
export function requestOf(p: Person, facts: readonly Fact[], language: string): Request {
  const context: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = {};
  const empty: string[] = [];
  for (const f of facts) {
    const v = p.facts[f.name];
    if (v === undefined || v === null) continue;
    if (f.own) attributes[f.name] = attribute(f, v);
    else if (Array.isArray(v) && v.length === 0) empty.push(f.name);
    else context[camel(f.name)] = spelled(f.name, v);
  }
  return {
    asker: `ASKER_${p.asker.toUpperCase()}` as Request["asker"],
    ...(p.topic && { topic: p.topic }),
    ...(p.text && { text: p.text }),
    language: p.language || language,
    context: { ...context, ...(empty.length > 0 && { knownEmpty: empty }) },
    ...(Object.keys(attributes).length > 0 && { attributes: attributes as Request["attributes"] }),
    ...(p.diagnoses?.length && { diagnoses: p.diagnoses }),
  };
}

function spelled(name: string, v: Known): unknown {
  const first = closed[name];
  if (!first) return v;
  const word = (w: string) => first + w.toUpperCase();
  return Array.isArray(v) ? v.map(word) : word(String(v));
}

function attribute(f: Fact, v: Known): unknown {
  switch (f.type) {
    case "bool":
      return { boolValue: v };
    case "enum":
      return { enumValue: v };
    case "set":
      return { setValue: { values: v } };
    case "int":
      return { intValue: String(v) };
  }
  return { decimalValue: v };
}

/** A question of the API as a person. Facts that the content does not have are left out. */
export function personOf(q: Request, facts: readonly Fact[], name = "", at = ""): Person {
  const known: Record<string, Known> = {};
  const context = (q.context ?? {}) as Record<string, unknown>;
  const empty = new Set(q.context?.knownEmpty ?? []);
  for (const f of facts) {
    const v = f.own ? value(q.attributes?.[f.name]) : context[camel(f.name)];
    if (empty.has(f.name)) known[f.name] = [];
    // The API answers lists that were not given as empty ones.
    else if (v !== undefined && !(Array.isArray(v) && v.length === 0 && !f.own)) known[f.name] = plain(f, v);
  }
  const asker = (q.asker ?? "").replace("ASKER_", "").toLowerCase();
  return {
    name,
    asker: asker === "insurer" || asker === "provider" ? asker : "integrated",
    topic: q.topic ?? "",
    text: q.text ?? "",
    facts: known,
    diagnoses: q.diagnoses ?? [],
    at,
    ...(q.language && { language: q.language }),
  };
}

/** What is known, without what is known not to be. */
export function withoutUnknown(facts: Person["facts"]): Record<string, Known> {
  return Object.fromEntries(Object.entries(facts).filter(([, v]) => v !== null));
}

function value(a: Schema<"AttributeValue"> | undefined): unknown {
  if (!a) return undefined;
  return a.boolValue ?? a.enumValue ?? a.setValue?.values ?? (a.intValue === undefined ? a.decimalValue : Number(a.intValue));
}

function plain(f: Fact, v: unknown): Known {
  const first = closed[f.name] ?? "";
  const word = (w: string) => {
    const id = first && w.startsWith(first) ? w.slice(first.length) : w;
    return f.values.find((x) => x.id.toUpperCase() === id.toUpperCase())?.id ?? id;
  };
  if (Array.isArray(v)) return v.map((w) => word(String(w)));
  return typeof v === "string" ? word(v) : (v as Known);
}

/** A person with one fact told, or with undefined taken back. */
export function withFact(p: Person, name: string, v: Known | undefined): Person {
  const { [name]: _, ...rest } = p.facts;
  return { ...p, facts: v === undefined ? rest : { ...rest, [name]: v } };
}
