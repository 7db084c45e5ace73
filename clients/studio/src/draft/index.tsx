// The draft that is being worked on, for every screen.
import { useQueryClient } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from "react";
import { errorKey, serverWords } from "../api/errors";
import { keys, tenant, useContent, useDraftById, useReport, useSession } from "../api/hooks";
import { api } from "../api/session";
import type { Content, ContentRef, Draft, Edited, Operation } from "../api/types";
import { useLanguage, useT } from "../i18n";
import { useToasts } from "../ui/Toasts";
import { DraftStore, type Backend, type State } from "./store";

const Context = createContext<DraftStore | null>(null);

const backend = (language: () => string): Backend => ({
  create: (title, requestId) => api().call("post", "/v1/drafts", { body: { ...tenant(), title, requestId } }),
  get: (draftId) => api().call("get", "/v1/drafts/{draft_id}", { path: { draft_id: draftId }, query: tenant() }),
  edit: (draftId, etag, operations, requestId) =>
    api().call("patch", "/v1/drafts/{draft_id}", { path: { draft_id: draftId }, body: { ...tenant(), etag, operations, requestId, language: language() } }),
  restore: (draftId, etag, to, requestId) =>
    api().call("post", "/v1/drafts/{draft_id}:restore", { path: { draft_id: draftId }, body: { ...tenant(), etag, to, requestId } }),
});

/** Keeps one store for the session and mirrors what the server answers into the screens' data. */
export function Drafts({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const session = useSession();
  const { tag } = useLanguage();
  const t = useT();
  const { show } = useToasts();
  const now = useRef({ tag, t, show });
  now.current = { tag, t, show };
  const store = useMemo(() => {
    // What is on screen stays there while the draft takes the place of live content.
    const created = (draft: Draft) => {
      const { tag } = now.current;
      for (const from of [keys.content, keys.facts] as const) {
        const live = queries.getQueryData(from({}, tag));
        if (live) queries.setQueryData(from({ draftId: draft.draftId }, tag), live);
      }
    };
    let later: ReturnType<typeof setTimeout> | undefined;
    const edited = (draft: Draft, answer: Edited | null, operations: readonly Operation[]) => {
      queries.setQueryData(keys.draft(draft.draftId), draft);
      const at = keys.content({ draftId: draft.draftId }, now.current.tag);
      if (answer) queries.setQueryData<Content>(at, (old) => old && withRules(old, answer));
      const rest = () => {
        void queries.invalidateQueries({ queryKey: keys.contents(), predicate: (q) => (q.queryKey[3] as ContentRef).draftId !== undefined });
        void queries.invalidateQueries({ queryKey: keys.drafts() });
      };
      // What the answer tells whole is on screen; the rest of the content, which is
      // large, is asked for once nobody waits for the proof.
      clearTimeout(later);
      if (answer && toldWhole(operations)) later = setTimeout(rest, restMs);
      else rest();
    };
    const refused = (error: unknown) => {
      const { t, show } = now.current;
      show({ text: serverWords(error) || t(`error.${errorKey(error)}`), tone: "bad" });
    };
    const title = () => now.current.t("draft.untitled", { date: new Date() });
    return new DraftStore(backend(() => now.current.tag), sessionStorage, { created, edited, refused }, title);
    // A session is another person: their drafts are looked for anew.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [queries, session.user, session.tenant, session.token]);

  useEffect(() => {
    const last = store.lastDraft();
    if (last) store.open(last).catch(() => store.open(null));
    const retry = () => void store.retry();
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [store]);
  return <Context.Provider value={store}>{children}</Context.Provider>;
}

const restMs = 1_000;
const ofOneRule: readonly Operation["do"][] = ["set_value", "set_condition", "add_condition", "remove_condition", "set_group", "set_key", "set_words", "pause", "resume"];

/** Whether operations change nothing but the rules that the answer to them tells. */
const toldWhole = (operations: readonly Operation[]): boolean => operations.every((o) => (o.list === "mindset" || o.list === "sender") && ofOneRule.includes(o.do));

function withRules(content: Content, { draft, rules }: Edited): Content {
  const changed = new Map(rules.map((r) => [`${r.table}/${r.id}`, r]));
  return { ...content, digest: draft.etag, rules: content.rules.map((r) => changed.get(`${r.table}/${r.id}`) ?? r) };
}

function useStore(): DraftStore {
  const store = useContext(Context);
  if (!store) throw new Error("useDraft is used outside of Drafts");
  return store;
}

export interface DraftHandle extends State {
  /** What to ask the server for to see what is being worked on: the draft, or live content. */
  ref: ContentRef;
  /** The etag of the draft; empty for live content. */
  etag: string;
  open(draftId: string | null): Promise<void>;
  undoOne(): Promise<void>;
  redoOne(): Promise<void>;
  settle(whose: "mine" | "theirs"): Promise<void>;
  retry(): Promise<void>;
}

/** The draft being worked on, and what can be done with it as a whole. */
export function useDraft(): DraftHandle {
  const store = useStore();
  const state = useSyncExternalStore(store.watch, store.get);
  const draftId = state.draft?.draftId ?? "";
  const ref = useMemo<ContentRef>(() => (draftId ? { draftId } : {}), [draftId]);
  // Others work on it too: what they did is seen within seconds.
  const seen = useDraftById(draftId).data;
  useEffect(() => {
    if (seen) store.refresh(seen);
  }, [seen, store]);
  const actions = useMemo(
    () => ({
      open: (id: string | null) => store.open(id),
      undoOne: store.undo,
      redoOne: store.redo,
      settle: (whose: "mine" | "theirs") => store.settle(whose),
      retry: store.retry,
    }),
    [store],
  );
  return { ...state, ...actions, ref, etag: state.draft?.etag ?? "" };
}

/** Sends operations to the draft; the first edit of live content begins one. */
export function useEdit(): (...operations: Operation[]) => Promise<void> {
  const store = useStore();
  return useCallback((...operations: Operation[]) => store.edit(operations), [store]);
}

/** The content being worked on: the draft's, or live content. */
export function useWorkingContent() {
  const { ref } = useDraft();
  return useContent(ref);
}

/** What speaks against the draft, proved anew after every edit. */
export function useCheck() {
  const { ref, etag, status } = useDraft();
  const saving = status === "saving";
  const report = useReport(ref.draftId ?? "", etag, !saving);
  return { report: saving ? undefined : report.data, checking: report.isFetching || saving, error: report.error };
}
