import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useContent, useMe } from "../../api/hooks";
import { addScenario, expected, newId } from "../../api/scenario";
import type { Content, Fact } from "../../api/types";
import { useDraft, useEdit } from "../../draft";
import { useT } from "../../i18n";
import { Button, may } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { factWords } from "../../ui/FactValue";
import { useToasts } from "../../ui/Toasts";
import { spelling, type Answers } from "./answers";
import { adviceTitle } from "./Answer";
import { keepPerson, setTrial, useTrial } from "./store";

/** What stands in for a name until somebody gives one. */
export function describe(content: Content | undefined, facts: readonly Fact[], person: ReturnType<typeof useTrial>["person"], t: (id: string) => string): string {
  if (person.name) return person.name;
  const topic = content?.topics.find((x) => x.id === person.topic)?.label;
  const known = facts.filter((f) => (person.facts[f.name] ?? null) !== null).slice(0, 4).map((f) => `${f.label}: ${factWords(f, person.facts[f.name]!, t)}`);
  const first = topic ?? t("try.someone");
  return `${first.charAt(0).toUpperCase()}${first.slice(1)}${known.length ? ` (${known.join("; ")})` : ""}`;
}

/** Tells once a scenario has come to be in the draft. */
function useSaved(): (id: string) => void {
  const t = useT();
  const { show } = useToasts();
  const [, go] = useLocation();
  const { ref } = useDraft();
  const content = useContent(ref).data;
  const waiting = useRef("");
  useEffect(() => {
    const id = waiting.current;
    if (!id || !content?.scenarios.some((s) => s.id === id)) return;
    waiting.current = "";
    show({ text: t("try.saved"), action: { label: t("try.openScenario"), run: () => go(`/scenarios/${id}`) } });
  }, [content, show, t, go]);
  return (id) => {
    waiting.current = id;
  };
}

interface SaveProps {
  answers: Answers;
  content: Content | undefined;
  /** Smaller, for the panel. */
  compact?: boolean;
}

/** Writes the answer on screen down as a scenario: press, Enter. */
export function SaveScenario({ answers, content, compact }: SaveProps) {
  const t = useT();
  const { person, origin } = useTrial();
  const me = useMe().data;
  const edit = useEdit();
  const saved = useSaved();
  const [about, setAbout] = useState<string | null>(null);
  const evaluation = answers.draft ?? answers.live;
  const first = evaluation?.decision?.recommendations[0];
  const why = !content || !evaluation?.decision ? t("try.noAnswer") : "";
  const save = () => {
    if (!content || !evaluation?.decision || !about?.trim()) return;
    const id = newId(about, new Set(content.scenarios.map((s) => s.id)));
    saved(id);
    void edit(...addScenario(content, { id, about: about.trim(), person, expect: expected(evaluation.decision) }, origin));
    setAbout(null);
  };
  return (
    <>
      <Button kind={compact ? "plain" : "primary"} why={why} permission={may(me?.permissions, "edit") ?? may(me?.permissions, "create")} onPress={() => setAbout(describe(content, answers.facts, person, t))}>{t("try.save")}</Button>
      <Dialog title={t("try.save")} open={about !== null} onClose={() => setAbout(null)}>
        <form className="save" onSubmit={(e) => {
          e.preventDefault();
          save();
        }}>
          <label><span>{t("try.saveAbout")}</span><input autoFocus maxLength={300} value={about ?? ""} onChange={(e) => setAbout(e.target.value)} onFocus={(e) => e.target.select()} /></label>
          {first && (
            <p className="muted">
              {t("try.expects", { who: t(`try.sender.${spelling(first.sender)}`), advice: first.advice.map((a) => a.title || adviceTitle(content, a.id)).join(", ") || "–" })}
            </p>
          )}
          {person.text && <p className="muted">{t("try.textIsKept")}</p>}
          <div className="actions">
            <Button kind="primary" submit why={about?.trim() ? "" : t("try.needsWords")}>{t("try.saveNow")}</Button>
            <Button onPress={() => setAbout(null)}>{t("action.cancel")}</Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}

/** Keeps a person in this browser, under a name. */
export function KeepPerson({ name: proposed }: { name: string }) {
  const t = useT();
  const { person } = useTrial();
  const { show } = useToasts();
  const [name, setName] = useState<string | null>(null);
  return (
    <>
      <Button kind="quiet" onPress={() => setName(proposed)}>{t("try.keep")}</Button>
      <Dialog title={t("try.keep")} open={name !== null} onClose={() => setName(null)}>
        <form className="save" onSubmit={(e) => {
          e.preventDefault();
          if (!name?.trim()) return;
          keepPerson({ ...person, name: name.trim() });
          setTrial({ person: { ...person, name: name.trim() }, chosen: `kept:${name.trim()}` });
          setName(null);
          show({ text: t("try.keptNow") });
        }}>
          <label><span>{t("try.name")}</span><input autoFocus maxLength={120} value={name ?? ""} onChange={(e) => setName(e.target.value)} onFocus={(e) => e.target.select()} /></label>
          <p className="muted">{t("try.keepHow")}</p>
          <div className="actions">
            <Button kind="primary" submit why={name?.trim() ? "" : t("try.needsWords")}>{t("try.keepNow")}</Button>
            <Button onPress={() => setName(null)}>{t("action.cancel")}</Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
