// How the contents that are worked on answer the scenarios.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { tenant, useMeta } from "../../api/hooks";
import { api, getSession } from "../../api/session";
import type { Content, ContentRef, Rule, Scenario, ScenarioAnswer, ScenarioRun } from "../../api/types";
import { useDraft } from "../../draft";

/** "pass"; "change": live holds and the draft does not; "fail": what is worked on does not hold. */
export type State = "pass" | "change" | "fail" | "open";

/** How many are run in one call, so that progress can be told. */
const chunk = 40;

export interface Progress {
  done: number;
  total: number;
}

/** Runs every scenario of what is worked on, by live content and by the draft. */
export function useRuns(content: Content | undefined) {
  const { ref, etag } = useDraft();
  const version = useMeta().data?.version ?? 0;
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const contents: ContentRef[] = ref.draftId ? [{}, ref] : [{}];
  // A content is known by its digest before all of its words are here.
  const ids = content?.scenarios.map((s) => s.id) ?? [];
  const key = ["runs", getSession().user, getSession().tenant, ref, content?.digest ?? "", ids.join(" "), version];
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const runs: ScenarioRun[] = [];
      setProgress({ done: 0, total: ids.length });
      for (let i = 0; i < ids.length; i += chunk) {
        const answer = await api().call("post", "/v1/content:runScenarios", { body: { ...tenant(), of: ref, contents, ids: ids.slice(i, i + chunk) }, signal, timeoutMs: 60_000 });
        runs.push(...answer.runs);
        setProgress({ done: Math.min(i + chunk, ids.length), total: ids.length });
      }
      return new Map(runs.map((r) => [r.id, r]));
    },
    // What a draft says while an edit is on its way is about another content.
    enabled: Boolean(content && content.scenarios.length > 0 && (!etag || etag === content.digest)),
    staleTime: Infinity,
    placeholderData: (before) => before,
    retry: 1,
  });
  return { runs: query.data, error: query.error, running: query.isFetching, progress, again: () => void queries.invalidateQueries({ queryKey: key }) };
}

export function stateOf(run: ScenarioRun | undefined): State {
  if (!run) return "open";
  const last = run.results.at(-1);
  if (last?.holds) return "pass";
  return run.results.length > 1 && run.results[0]!.holds ? "change" : "fail";
}

export function countStates(scenarios: readonly Scenario[], runs: ReadonlyMap<string, ScenarioRun> | undefined): Record<State, number> {
  const n: Record<State, number> = { pass: 0, change: 0, fail: 0, open: 0 };
  for (const s of scenarios) n[stateOf(runs?.get(s.id))]++;
  return n;
}

/** Rules in force that decide none of the scenarios. */
export function unseenRules(content: Content, runs: ReadonlyMap<string, ScenarioRun>): Rule[] {
  const seen = new Set([...runs.values()].flatMap((r) => r.results.at(-1)?.rules ?? []).map((r) => `${r.table}/${r.id}`));
  return content.rules.filter((r) => r.inForce && !seen.has(`${r.table}/${r.id}`));
}

export type By = "topic" | "file" | "origin" | "state";

/** The heading a scenario stands under; words for it are the screen's. */
export function groupOf(s: Scenario, by: By, state: State): string {
  switch (by) {
    case "file":
      return s.file;
    case "origin":
      return s.file === "cases/counterexamples.yaml" ? "counterexample" : s.file === "cases/traffic.yaml" ? "traffic" : "written";
    case "state":
      return state;
  }
  return s.request?.topic ?? "";
}

/** What is expected now: as many answers, each with what counted before told anew. */
export function accepted(old: readonly ScenarioAnswer[], answers: readonly ScenarioAnswer[]): ScenarioAnswer[] {
  return answers.map((a, i) => {
    const was = old[i];
    const safety = a.sender === "safety";
    return {
      ...a,
      topic: was && !was.topic ? "" : a.topic,
      notice: safety ? a.notice : "",
      advice: safety ? [] : a.advice,
      adviceCounts: !safety && (was ? was.adviceCounts || was.sender === "safety" : true),
      held: was?.heldCounts ? a.held : [],
      heldCounts: Boolean(was?.heldCounts),
    };
  });
}
