// What the screens read, each by one hook. Answers are kept by what they are
// about: the words of a version never change, a draft's change with its etag.
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useLanguage } from "../i18n";
import { useSettled } from "./settled";
import { api, getSession, onSession, type Session } from "./session";
import type { Compared, Content, ContentRef, Draft, EvaluateBody, Evaluated, Fact, Me, Meta, Report, Version } from "./types";

export const useSession = (): Session => useSyncExternalStore(onSession, getSession);

/** The tenant as a query parameter; left out for the default one. */
export const tenant = (): { tenant?: string } => (getSession().tenant ? { tenant: getSession().tenant } : {});

const scope = () => [getSession().user, getSession().tenant] as const;

export const keys = {
  me: () => ["me", ...scope()],
  meta: () => ["meta", ...scope()],
  facts: (ref: ContentRef, language: string) => ["facts", ...scope(), ref, language],
  content: (ref: ContentRef, language: string) => ["content", ...scope(), ref, language],
  contents: () => ["content", ...scope()],
  file: (ref: ContentRef, file: string, digest: string) => ["file", ...scope(), ref, file, digest],
  drafts: () => ["drafts", ...scope()],
  draft: (id: string) => ["draft", ...scope(), id],
  report: (id: string, etag: string, language: string) => ["report", ...scope(), id, etag, language],
  versions: () => ["versions", ...scope()],
  compare: (before: ContentRef, after: ContentRef, etag: string, regions: boolean, language: string) => ["compare", ...scope(), before, after, etag, regions, language],
};

/** Who is working and what they may do. */
export function useMe(): UseQueryResult<Me> {
  return useQuery({ queryKey: keys.me(), queryFn: ({ signal }) => api().call("get", "/v1/me", { query: tenant(), signal }), staleTime: 60_000 });
}

/** The server and the version in force on it; asked again every 30 s. */
export function useMeta(): UseQueryResult<Meta> {
  return useQuery({ queryKey: keys.meta(), queryFn: ({ signal }) => api().call("get", "/v1/meta", { query: tenant(), signal }), refetchInterval: 30_000 });
}

/** The facts that rules may read, with their words. */
export function useFacts(ref: ContentRef = {}): UseQueryResult<Fact[]> {
  const { tag } = useLanguage();
  return useQuery({
    queryKey: keys.facts(ref, tag),
    queryFn: async ({ signal }) => (await api().call("get", "/v1/facts", { query: { ...tenant(), ...ref, language: tag }, signal })).facts,
    staleTime: 300_000,
    placeholderData: keepPreviousData,
  });
}

/** A content in words: {} is live, { draftId } a draft, { version } a version. */
export function useContent(ref: ContentRef = {}, enabled = true): UseQueryResult<Content> {
  const { tag } = useLanguage();
  return useQuery({
    queryKey: keys.content(ref, tag),
    queryFn: ({ signal }) => api().call("get", "/v1/content", { query: { ...tenant(), ...ref, language: tag }, signal }),
    enabled,
    staleTime: ref.version ? Infinity : 30_000,
  });
}

/** The text of one file. `digest` is that of the content it is read from. */
export function useFile(ref: ContentRef, file: string, digest: string): UseQueryResult<string> {
  return useQuery({
    queryKey: keys.file(ref, file, digest),
    queryFn: async ({ signal }) => (await api().call("get", "/v1/content/file", { query: { ...tenant(), ...ref, file }, signal })).text,
    enabled: Boolean(file && digest),
    staleTime: Infinity,
  });
}

/** The drafts that are not done with. */
export function useDrafts(): UseQueryResult<Draft[]> {
  return useQuery({
    queryKey: keys.drafts(),
    queryFn: async ({ signal }) => (await api().call("get", "/v1/drafts", { query: tenant(), signal })).drafts,
    refetchInterval: 30_000,
  });
}

/** One draft. The one being edited is useDraft() of ../draft. */
export function useDraftById(id: string): UseQueryResult<Draft> {
  return useQuery({
    queryKey: keys.draft(id),
    queryFn: ({ signal }) => api().call("get", "/v1/drafts/{draft_id}", { path: { draft_id: id }, query: tenant(), signal }),
    enabled: id !== "",
  });
}

/** What check, cases and proof say about a content. */
export interface Checked {
  /** About exactly that content; an older one is never given in its place. */
  data: Report | undefined;
  /** It is not known yet, but will be. */
  isFetching: boolean;
  error: unknown;
  /** Asks again, as after a failure. */
  refetch(): unknown;
}

/** What check, cases and proof say about exactly one content of a draft; asked once edits pause. */
export function useReport(draftId: string, etag: string, ready = true): Checked {
  const { tag } = useLanguage();
  const settled = useSettled(etag);
  const { data, isFetching, error, refetch } = useQuery({
    queryKey: keys.report(draftId, etag, tag),
    queryFn: async ({ signal }) => {
      const report = await api().call("post", "/v1/drafts/{draft_id}:check", { path: { draft_id: draftId }, body: { ...tenant(), language: tag }, signal, timeoutMs: 60_000 });
      // The draft went on while it was proved: what was found is about that.
      if (report.digest !== etag) throw new Error("the report is about another content");
      return report;
    },
    enabled: draftId !== "" && etag !== "" && settled && ready,
    staleTime: Infinity,
    retry: false,
  });
  return { data, isFetching: isFetching || !settled, error, refetch };
}

/** The published versions, the newest first. */
export function useVersions(): UseQueryResult<Version[]> {
  return useQuery({
    queryKey: keys.versions(),
    queryFn: async ({ signal }) => (await api().call("get", "/v1/versions", { query: { ...tenant(), pageSize: 200 }, signal })).versions,
  });
}

/** What differs between two contents; `etag` is the draft's, if one is a draft. */
export function useCompare(before: ContentRef, after: ContentRef, o: { etag?: string; regions?: boolean; enabled?: boolean } = {}): UseQueryResult<Compared> {
  const { tag } = useLanguage();
  const { etag = "", regions = false, enabled = true } = o;
  return useQuery({
    queryKey: keys.compare(before, after, etag, regions, tag),
    queryFn: ({ signal }) => api().call("post", "/v1/content:compare", { body: { ...tenant(), before, after, regions, language: tag }, signal, timeoutMs: 60_000 }),
    enabled,
    placeholderData: keepPreviousData,
  });
}

/** How contents answer a question, and why. Stores nothing. */
export function useEvaluate(body: Omit<EvaluateBody, "tenant">, etag = "", enabled = true): UseQueryResult<Evaluated> {
  return useQuery({
    queryKey: ["evaluate", ...scope(), body, etag],
    queryFn: ({ signal }) => api().call("post", "/v1/content:evaluate", { body: { ...tenant(), ...body }, signal }),
    enabled,
    placeholderData: keepPreviousData,
  });
}

