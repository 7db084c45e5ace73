// How contents answer the person who is tried.
import { useEffect, useState } from "react";
import { requestOf, type Person } from "../../api/person";
import { useEvaluate, useFacts, useMeta } from "../../api/hooks";
import type { ContentRef, Evaluated, Fact } from "../../api/types";
import { useDraft } from "../../draft";
import { useLanguage } from "../../i18n";
import type { On, Trial } from "./store";

export type Evaluation = Evaluated["evaluations"][number];
export type Recommendation = Evaluation["decision"]["recommendations"][number];

const none: Fact[] = [];
const typingMs = 200;

function useSettled<T>(value: T, ms: number): T {
  const [settled, set] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => set(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

export interface Answers {
  on: On;
  /** Of the contents named by `on`, live first. */
  live: Evaluation | undefined;
  draft: Evaluation | undefined;
  hasDraft: boolean;
  facts: readonly Fact[];
  error: unknown;
  /** What is shown is about an earlier question. */
  old: boolean;
  body: { contents: ContentRef[]; request: ReturnType<typeof requestOf>; at?: string };
}

/** Answers anew on each change of the person, the draft and the live version. */
export function useAnswers(trial: Trial): Answers {
  const d = useDraft();
  const { tag } = useLanguage();
  const facts = useFacts(d.ref).data ?? none;
  const version = useMeta().data?.version ?? 0;
  const text = useSettled(trial.person.text, typingMs);
  const hasDraft = Boolean(d.ref.draftId);
  const on: On = hasDraft ? trial.on || "both" : "live";
  const contents: ContentRef[] = on === "both" ? [{}, d.ref] : on === "draft" ? [d.ref] : [{}];
  const person: Person = { ...trial.person, text };
  const body = { contents, request: requestOf(person, facts, tag), ...(person.at && { at: person.at }) };
  const asked = useEvaluate(body, `${on === "live" ? "" : d.etag}/${version}`, facts.length > 0);
  const all = asked.data?.evaluations;
  return {
    on,
    live: on === "draft" ? undefined : all?.[0],
    draft: on === "live" ? undefined : all?.[on === "both" ? 1 : 0],
    hasDraft,
    facts,
    error: asked.error,
    old: asked.isPlaceholderData || text !== trial.person.text,
    body,
  };
}

/** What an answer comes to, to see whether two are the same for the member. */
export function outcomeOf(e: Evaluation): string {
  return JSON.stringify(
    e.decision?.recommendations.map((r) => [r.topic, r.mindset, r.sender, r.handoff, r.advice.map((a) => [a.id, a.text]), r.suppressed.map((s) => [s.adviceId, s.code])]) ?? e.problems.map((p) => p.message),
  );
}

/** "MINDSET_PATIENT" as content spells it. */
export const spelling = (word: string): string => word.replace(/^(MINDSET|SENDER)_/, "").toLowerCase();
