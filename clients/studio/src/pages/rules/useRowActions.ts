import { useMemo, useRef } from "react";
import { useLocation } from "wouter";
import { tenant } from "../../api/hooks";
import { api } from "../../api/session";
import type { Content } from "../../api/types";
import { useDraft, useEdit } from "../../draft";
import { useLanguage, useT } from "../../i18n";
import { useToasts } from "../../ui/Toasts";
import type { Entry } from "./entries";
import { duplicate, freeId, move, pause, remove, resume, step } from "./operations";

export interface RowActions {
  duplicate(e: Entry): void;
  top(e: Entry): void;
  step(e: Entry, by: -1 | 1): void;
  choosePlace(e: Entry): void;
  before(e: Entry, before: string): void;
  pause(e: Entry): void;
  resume(e: Entry): void;
  remove(e: Entry): void;
  history(e: Entry): void;
  text(e: Entry): void;
  copy(e: Entry): void;
}

/** What can be done with a whole rule. Every change can be undone at once. */
export function useRowActions(entries: readonly Entry[], content: Content | undefined, choosePlace: (e: Entry) => void): RowActions {
  const edit = useEdit();
  const { undoOne, ref } = useDraft();
  const { show } = useToasts();
  const { tag } = useLanguage();
  const t = useT();
  const [, go] = useLocation();
  const now = useRef({ entries, content, edit, undoOne, show, t, go, tag, ref });
  now.current = { entries, content, edit, undoOne, show, t, go, tag, ref };
  return useMemo<RowActions>(() => {
    const done = (key: string, e: Entry) => {
      const { t, show, undoOne } = now.current;
      show({ text: t(key, { title: e.title }), tone: "good", action: { label: t("action.undo"), run: () => void undoOne() } });
    };
    const focus = (key: string) => setTimeout(() => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"] .row-link`)?.focus(), 350);
    return {
      async duplicate(e) {
        const { entries, edit, t, tag } = now.current;
        const id = freeId(e.id, new Set(entries.filter((x) => x.kind === e.kind).map((x) => x.id)));
        const titles = await titlesOf(e, now.current.ref, tag);
        for (const [language, title] of Object.entries(titles)) titles[language] = t("rules.copyOf", { title });
        await edit(...duplicate(e, id, titles));
        done("rules.duplicated", e);
        focus(`${e.kind}/${id}`);
      },
      top(e) {
        void now.current.edit(move(e, null)).then(() => done("rules.moved", e));
        focus(e.key);
      },
      step(e, by) {
        const op = step(e, now.current.entries.filter((x) => x.kind === e.kind), by);
        if (!op) return;
        void now.current.edit(op).then(() => done("rules.moved", e));
        focus(e.key);
      },
      choosePlace,
      before(e, before) {
        void now.current.edit(move(e, before)).then(() => done("rules.moved", e));
        focus(e.key);
      },
      pause: (e) => void now.current.edit(pause(e, new Date())).then(() => done("rules.pausedDone", e)),
      resume: (e) => void now.current.edit(resume(e)).then(() => done("rules.resumed", e)),
      remove: (e) => void now.current.edit(remove(e)).then(() => done("rules.deleted", e)),
      history: (e) => now.current.go(`/history?rule=${encodeURIComponent(e.key)}`),
      text: (e) => now.current.go(`/rules/text/${(e.rule ?? e.advice)!.file}?line=${(e.rule ?? e.advice)!.line}`),
      copy(e) {
        const { show, t } = now.current;
        navigator.clipboard.writeText(e.id).then(
          () => show({ text: t("rules.copied"), tone: "good" }),
          () => show({ text: t("rules.notCopied", { id: e.id }), tone: "bad" }),
        );
      },
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
}

/** The titles of an entry in every language. */
async function titlesOf(e: Entry, ref: { draftId?: string; version?: number }, tag: string): Promise<Record<string, string>> {
  if (e.advice) return Object.fromEntries(Object.entries(e.advice.words).map(([language, w]) => [language, w.title]));
  const other = tag === "en" ? "es" : "en";
  const titles: Record<string, string> = { [tag]: e.title };
  try {
    const there = await api().call("get", "/v1/content", { query: { ...tenant(), ...ref, language: other } });
    titles[other] = there.rules.find((r) => r.table === e.kind && r.id === e.id)?.title ?? "";
  } catch {
    // The copy keeps the other language's title as it was.
  }
  return titles;
}
