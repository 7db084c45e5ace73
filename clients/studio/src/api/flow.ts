// What happens to a draft after it is written: whom it affects, review,
// publishing, taking back. Every answer that is a draft replaces the one that
// the screens have.
import { RightvoiceError } from "@rightvoice/client";
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useLanguage } from "../i18n";
import { errorKey, serverWords, type ErrorKey } from "./errors";
import { keys, tenant } from "./hooks";
import { api, getSession } from "./session";
import type { AuditPage, Clash, Draft, Impact, Progress, Published, Requirement, Version } from "./types";

const scope = () => [getSession().user, getSession().tenant] as const;
const impactMs = 180_000;

/** Whom a draft answers differently from the version in force, and how far that is worked out. */
export function useImpact(draftId: string, etag: string, live: number) {
  const { tag } = useLanguage();
  const [progress, setProgress] = useState<Progress>();
  const query = useQuery({
    queryKey: ["impact", ...scope(), draftId, etag, live, tag],
    queryFn: async ({ signal }): Promise<Impact> => {
      const steps = api().stream("post", "/v1/drafts/{draft_id}:impact", { path: { draft_id: draftId }, body: { ...tenant(), language: tag }, signal, timeoutMs: impactMs });
      for await (const step of steps) {
        if (step.progress) setProgress(step.progress);
        if (!step.impact) continue;
        if (step.impact.draftDigest !== etag) throw new Error("the impact is of another content");
        return step.impact;
      }
      throw new Error("the answer ended before its end");
    },
    enabled: draftId !== "" && etag !== "",
    staleTime: 60_000,
    retry: false,
  });
  return { ...query, progress };
}

/** How many scenarios of a draft get another answer than by the version in force. */
export function useChangedScenarios(draftId: string, etag: string, live: number): UseQueryResult<{ changed: number; all: number }> {
  return useQuery({
    queryKey: ["changed-scenarios", ...scope(), draftId, etag, live],
    queryFn: async ({ signal }) => {
      const of = { draftId };
      const { runs } = await api().call("post", "/v1/content:runScenarios", { body: { ...tenant(), of, contents: [{ version: live }, of] }, signal, timeoutMs: 60_000 });
      const told = (at: number) => (run: (typeof runs)[number]) => JSON.stringify(run.results[at]?.answers);
      return { changed: runs.filter((run) => told(0)(run) !== told(1)(run)).length, all: runs.length };
    },
    enabled: draftId !== "" && etag !== "" && live > 0,
    staleTime: Infinity,
    retry: false,
  });
}

/** One version with the report and the changes that were stored with it. */
export function useVersion(number: number, enabled = true): UseQueryResult<Published> {
  const { tag } = useLanguage();
  return useQuery(versionQuery(number, tag, enabled));
}

export const versionQuery = (number: number, language: string, enabled = true) => ({
  queryKey: ["version", ...scope(), number, language],
  queryFn: ({ signal }: { signal: AbortSignal }) => api().call("get", "/v1/versions/{number}", { path: { number }, query: { ...tenant(), language }, signal }),
  enabled: enabled && number > 0,
  staleTime: 60_000, // all of it is fixed but whether it is in force
});

/** All drafts, also those that are done with. */
export function useAllDrafts(): UseQueryResult<Draft[]> {
  return useQuery({
    queryKey: [...keys.drafts(), "all"],
    queryFn: async ({ signal }) => (await api().call("get", "/v1/drafts", { query: { ...tenant(), all: true }, signal })).drafts,
    refetchInterval: 30_000,
  });
}

/** A page of who did what, the newest first. */
export function useAudit(pageToken: string, enabled: boolean): UseQueryResult<AuditPage> {
  return useQuery({
    queryKey: ["audit", ...scope(), pageToken],
    queryFn: ({ signal }) => api().call("get", "/v1/audit", { query: { ...tenant(), pageSize: 50, ...(pageToken && { pageToken }) }, signal }),
    enabled,
  });
}

/** What can be done to a draft that answers with the draft. */
interface Acts {
  submit: { text: string; publishWhenApproved?: boolean; publishAt?: string };
  withdraw: {};
  approve: { as: string; text: string };
  reject: { as: string; text: string };
  comment: { on: string; text: string };
  schedule: { at: string; note: string };
  cancel: {};
  rebase: {};
}

export interface Flow {
  act<A extends keyof Acts>(action: A, draft: Draft, body: Acts[A]): Promise<Draft>;
  publish(draft: Draft, note: string): Promise<Version>;
  rollBack(number: number, note: string): Promise<Version>;
}

/** The calls that move a draft or a version on. They throw what the server says. */
export function useFlow(): Flow {
  const queries = useQueryClient();
  const took = useCallback(
    (draft: Draft) => {
      queries.setQueryData(keys.draft(draft.draftId), draft);
      void queries.invalidateQueries({ queryKey: keys.drafts() });
    },
    [queries],
  );
  const published = useCallback(async () => {
    for (const name of ["versions", "version", "meta", "drafts", "draft", "content", "facts", "compare", "impact", "audit"])
      void queries.invalidateQueries({ queryKey: [name, ...scope()] });
  }, [queries]);
  const act: Flow["act"] = useCallback(
    async (action, draft, body) => {
      const { draftId, etag } = draft;
      // Comments stand whatever the content became meanwhile.
      const sent = action === "comment" ? body : { ...body, etag };
      try {
        const after = await post(action, draftId, { ...tenant(), ...sent });
        took(after);
        if (after.state === "PUBLISHED" && draft.state !== "PUBLISHED") await published(); // with the last approval
        return after;
      } catch (error) {
        void queries.invalidateQueries({ queryKey: keys.draft(draftId) });
        throw error;
      }
    },
    [queries, took, published],
  );
  const publish = useCallback(
    async ({ draftId, etag }: Draft, note: string) => {
      const version = await api().call("post", "/v1/drafts/{draft_id}:publish", { path: { draft_id: draftId }, body: { ...tenant(), etag, note, requestId: `publish-${etag.slice(0, 40)}` } });
      await published();
      return version;
    },
    [published],
  );
  const rollBack = useCallback(
    async (number: number, note: string) => {
      const version = await api().call("post", "/v1/versions/{number}:rollBack", { path: { number }, body: { ...tenant(), note, requestId: newId() } });
      await published();
      return version;
    },
    [published],
  );
  return { act, publish, rollBack };
}

/** The path is one of those that answer with a draft; their bodies differ. */
function post(action: keyof Acts, draftId: string, body: object): Promise<Draft> {
  return api().call("post", `/v1/drafts/{draft_id}:${action}` as "/v1/drafts/{draft_id}:comment", { path: { draft_id: draftId }, body: body as { text: string } });
}

const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

/** Why the server did not do something, and what is known about it. */
export interface Refusal {
  /** The server's own code ("NOT_GREEN"); empty if it did not answer. */
  reason: string;
  key: ErrorKey;
  /** The server's sentence; empty if it sent none. */
  words: string;
  /** With CONFLICT: what both sides changed. */
  clashes: readonly Clash[];
  /** With NOT_APPROVED: whose approval is missing. */
  missing: readonly Requirement[];
}

export function refusal(error: unknown): Refusal {
  const known = error instanceof RightvoiceError ? error : undefined;
  const detail = (name: string) => known?.details.find((d) => d["@type"]?.endsWith(`rightvoice.v1.${name}`)) as Record<string, unknown> | undefined;
  return {
    reason: known?.reason ?? "",
    key: errorKey(error),
    words: serverWords(error),
    clashes: (detail("Clashes")?.["clashes"] as Clash[]) ?? [],
    missing: (detail("MissingApprovals")?.["missing"] as Requirement[]) ?? [],
  };
}
