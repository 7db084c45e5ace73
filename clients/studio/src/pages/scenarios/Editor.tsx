import { useEffect, useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import { useEvaluate } from "../../api/hooks";
import { nobody, personOf, requestOf, type Person } from "../../api/person";
import { addScenario, expected, newId, replaceScenario, type Example } from "../../api/scenario";
import type { Content, Fact, Scenario, ScenarioAnswer } from "../../api/types";
import { useDraft, useEdit } from "../../draft";
import { useLanguage, useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { PageHead } from "../../ui/parts";
import { Answer } from "../try/Answer";
import { Facts } from "../try/Facts";
import { accepted } from "./runs";
import { Expect } from "./Expect";

interface EditorProps {
  /** Null for a new one. */
  scenario: Scenario | null;
  content: Content;
  facts: readonly Fact[];
  why: string;
}

const blank: ScenarioAnswer = { topic: "", mindset: "", sender: "nobody", notice: "", advice: [], adviceCounts: true, held: [], heldCounts: false };

function exampleOf(s: Scenario | null, facts: readonly Fact[]): Example {
  if (!s) return { id: "", about: "", person: nobody, expect: [blank] };
  const person: Person = { ...personOf(s.request, facts, "", s.at), language: s.request.language || "" };
  return { id: s.id, about: s.about, person, expect: s.expect };
}

const unknowns = (p: Person): Person["facts"] => Object.fromEntries(Object.entries(p.facts).filter(([, v]) => v === null));

/** Writes a scenario by choices. What is changed goes to the draft at once; a new one when it is created. */
export function Editor({ scenario, content, facts, why }: EditorProps) {
  const t = useT();
  const { tag } = useLanguage();
  const { ref, etag } = useDraft();
  const edit = useEdit();
  const [, go] = useLocation();
  const [example, setExample] = useState(() => exampleOf(scenario, facts));
  const [about, setAbout] = useState(example.about);
  const theirs = useMemo(() => JSON.stringify(scenario), [scenario]);
  // Undo, and others, change it too.
  useEffect(() => {
    const now = exampleOf(scenario, facts);
    if (!scenario) return;
    // What was just added and is not known yet is not written, and stays.
    setExample((old) => ({ ...now, person: { ...now.person, facts: { ...unknowns(old.person), ...now.person.facts } } }));
    setAbout(now.about);
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [theirs]);
  const asked = useEvaluate({ contents: [ref], request: requestOf(example.person, facts, tag), ...(example.person.at && { at: example.person.at }) }, etag, facts.length > 0);
  const evaluation = asked.data?.evaluations[0];
  const present = evaluation?.decision ? expected(evaluation.decision) : [];
  const change = (next: Example) => {
    setExample(next);
    if (scenario && !why) void edit(...replaceScenario(content, scenario, next));
  };
  const create = () => {
    const id = newId(about, new Set(content.scenarios.map((s) => s.id)));
    void edit(...addScenario(content, { ...example, id, about: about.trim() }));
    go("/scenarios");
  };
  const settleAbout = () => about.trim() && about !== example.about && change({ ...example, about: about.trim() });
  const heard = why || (about.trim() ? "" : t("try.needsWords"));
  return (
    <>
      <PageHead
        title={scenario ? t("scenarios.one") : t("scenarios.new")}
        actions={<>
          <Link className="button" data-kind="quiet" href="/scenarios">{t("scenarios.all")}</Link>
          {!scenario && <Button kind="primary" why={heard} onPress={create}>{t("scenarios.create")}</Button>}
        </>}
      >
        {why}
      </PageHead>
      <div className="scenario-editor" inert={why ? true : undefined}>
        <section aria-label={t("try.person")}>
          <label className="about"><span>{t("try.saveAbout")}</span><textarea rows={2} maxLength={500} value={about} onChange={(e) => setAbout(e.target.value)} onBlur={scenario ? settleAbout : undefined} /></label>
          <h2>{t("try.person")}</h2>
          <Facts person={example.person} facts={facts} content={content} onChange={(person) => change({ ...example, person })} />
        </section>
        <section aria-label={t("scenarios.expected")}>
          <h2>{t("scenarios.expected")}</h2>
          {example.expect.map((a, i) => <Expect key={i} answer={a} facts={facts} content={content} onChange={(next) => change({ ...example, expect: example.expect.map((x, j) => (j === i ? next : x)) })} />)}
          {present.length > 0 && <Button onPress={() => change({ ...example, expect: accepted(scenario ? example.expect : [], present) })}><Icon name="check" size={16} /> {t("scenarios.takeAnswer")}</Button>}
          {evaluation && <Answer title={t(ref.draftId ? "scenarios.draftSays" : "scenarios.liveSays")} evaluation={evaluation} content={content} facts={facts} />}
        </section>
      </div>
    </>
  );
}
