import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { Link, useLocation, useRoute } from "wouter";
import { useFacts, useMe } from "../../api/hooks";
import { personOf } from "../../api/person";
import { removeScenario, replaceScenario } from "../../api/scenario";
import type { Content, Fact, Scenario, ScenarioRun } from "../../api/types";
import { useDraft, useEdit, useWorkingContent } from "../../draft";
import { useShell } from "../../app/state";
import { useT } from "../../i18n";
import { Button, may } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Empty, Failed, Loading, PageHead } from "../../ui/parts";
import { matches } from "../../ui/search";
import { Select } from "../../ui/Select";
import { tryAs } from "../try/store";
import { Coverage } from "./Coverage";
import { Editor } from "./Editor";
import { ScenarioWords } from "./messages";
import { icons, Row } from "./Row";
import { accepted, countStates, groupOf, stateOf, unseenRules, useRuns, type By, type State } from "./runs";
import "../try/try.css";
import "./scenarios.css";

export default function Page() {
  return <ScenarioWords><Scenarios /></ScenarioWords>;
}

const none: Fact[] = [];

/** Why scenarios cannot be changed; empty if they can. */
function useWhyNot(): string {
  const { draft } = useDraft();
  const me = useMe().data;
  const p = draft ? may(draft.permissions, "edit") : may(me?.permissions, "create");
  return p && !p.allowed ? p.whyNot : "";
}

function Scenarios() {
  const t = useT();
  const { ref } = useDraft();
  const query = useWorkingContent();
  const facts = useFacts(ref).data ?? none;
  const why = useWhyNot();
  const [, one] = useRoute("/scenarios/:id");
  const content = query.data;
  if (query.error && !content) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!content || facts.length === 0) return <Loading />;
  if (!one) return <List content={content} facts={facts} why={why} />;
  const id = decodeURIComponent(one.id);
  const scenario = content.scenarios.find((s) => s.id === id) ?? null;
  if (!scenario && id !== "new") return <Empty icon="scenarios" title={t("scenarios.gone")} action={<Link className="button" href="/scenarios">{t("scenarios.all")}</Link>} />;
  return <Editor key={id} scenario={scenario} content={content} facts={facts} why={why} />;
}

function List({ content, facts, why }: { content: Content; facts: readonly Fact[]; why: string }) {
  const t = useT();
  const edit = useEdit();
  const [, go] = useLocation();
  const { setPanel } = useShell();
  const { runs, error, running, progress, again } = useRuns(content);
  const [by, setBy] = useState<By>("topic");
  const [only, setOnly] = useState<State | "">("");
  const [text, setText] = useState("");
  const query = useDeferredValue(text);
  const counts = countStates(content.scenarios, runs);
  const unseen = useMemo(() => (runs ? unseenRules(content, runs) : null), [content, runs]);
  const found = useMemo(() => content.scenarios.filter((s) => (!only || stateOf(runs?.get(s.id)) === only) && matches(query, [s.about, topicLabel(content, s)])), [content, runs, only, query]);
  const groups = useMemo(() => grouped(found, by, runs), [found, by, runs]);
  const onAccept = useCallback((s: Scenario, run: ScenarioRun) => {
    const person = { ...personOf(s.request, facts, "", s.at), language: s.request.language || "" };
    void edit(...replaceScenario(content, s, { id: s.id, about: s.about, person, expect: accepted(s.expect, run.results.at(-1)!.answers) }));
  }, [content, facts, edit]);
  const onTry = useCallback((s: Scenario) => {
    tryAs({ ...personOf(s.request, facts, s.about, s.at), language: s.request.language || "" }, s.id);
    setPanel(true);
  }, [facts, setPanel]);
  const onDelete = useCallback((s: Scenario) => void edit(removeScenario(s.id)), [edit]);
  const onOpen = useCallback((s: Scenario) => go(`/scenarios/${s.id}`), [go]);
  const heading = (g: string) => {
    if (by === "topic") return content.topics.find((x) => x.id === g)?.label ?? t("try.noTopic");
    if (by === "file") return g.replace(/^cases\/|\.ya?ml$/g, "").replace(/[_-]/g, " ");
    return t(by === "state" ? `scenarios.state.${g}` : `scenarios.origin.${g}`);
  };
  return (
    <div className="scenarios-page">
      <PageHead title={t("nav.scenarios")} actions={<>
        <Button why={running && t("scenarios.running")} onPress={again}><Icon name="try" size={16} /> {t("scenarios.run")}</Button>
        <Link className="button" data-kind="primary" href="/scenarios/new" aria-disabled={why ? true : undefined}><Icon name="plus" size={16} /> {t("scenarios.new")}</Link>
      </>}>{t("scenarios.lead")}</PageHead>
      <div className="summary">
        <div role="group" aria-label={t("scenarios.filter")} className="actions">
          {(["pass", "change", "fail"] as const).map((s) => (
            <button key={s} type="button" className="button count" data-state={s} aria-pressed={only === s} onClick={() => setOnly(only === s ? "" : s)}><Icon name={icons[s]} size={16} /> {t(`scenarios.count.${s}`, { count: counts[s] })}</button>
          ))}
        </div>
        {running && progress ? <progress max={progress.total} value={progress.done} aria-label={t("scenarios.running")} /> : null}
        <span className="sr-only" role="status">{running ? t("scenarios.running") : runs && t("scenarios.standing", { pass: counts.pass, change: counts.change, fail: counts.fail })}</span>
      </div>
      {unseen && <Coverage content={content} facts={facts} unseen={unseen} why={why} />}
      <div className="list-tools">
        <input type="search" aria-label={t("scenarios.search")} placeholder={t("scenarios.search")} value={text} onChange={(e) => setText(e.target.value)} />
        <Select showLabel label={t("scenarios.by")} value={by} choices={(["topic", "file", "origin", "state"] as const).map((id) => ({ id, label: t(`scenarios.by.${id}`) }))} onChange={(id) => setBy(id as By)} />
      </div>
      {error ? <Failed error={error} retry={again} /> : null}
      {groups.map(([g, members]) => (
        <section key={g} className="scenario-group" aria-label={heading(g)}>
          <h2>{heading(g)} <span className="muted">{members.length}</span></h2>
          <ul>{members.map((s) => <Row key={s.id} scenario={s} run={runs?.get(s.id)} content={content} facts={facts} why={why} onAccept={onAccept} onTry={onTry} onDelete={onDelete} onOpen={onOpen} />)}</ul>
        </section>
      ))}
      {groups.length === 0 && <Empty icon="scenarios" title={t("state.nothingFound")} />}
    </div>
  );
}

const topicLabel = (content: Content, s: Scenario): string => content.topics.find((x) => x.id === s.request?.topic)?.label ?? "";

function grouped(all: readonly Scenario[], by: By, runs: ReadonlyMap<string, ScenarioRun> | undefined): [string, Scenario[]][] {
  const groups = new Map<string, Scenario[]>();
  for (const s of all) {
    const g = groupOf(s, by, stateOf(runs?.get(s.id)));
    groups.set(g, [...(groups.get(g) ?? []), s]);
  }
  return [...groups];
}
