import { memo } from "react";
import { Link } from "wouter";
import type { Content, Fact, Scenario, ScenarioRun } from "../../api/types";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Icon, type IconName } from "../../ui/Icon";
import { Menu } from "../../ui/Menu";
import { stateOf, type State } from "./runs";
import { answersWords } from "./words";

export const icons: Record<State, IconName> = { pass: "check", change: "warning", fail: "close", open: "more" };

interface RowProps {
  scenario: Scenario;
  run: ScenarioRun | undefined;
  content: Content;
  facts: readonly Fact[];
  /** Why nothing can be changed; empty if it can. */
  why: string;
  onAccept(s: Scenario, run: ScenarioRun): void;
  onTry(s: Scenario): void;
  onDelete(s: Scenario): void;
  onOpen(s: Scenario): void;
}

/** One scenario: what it shows, what it expects, and how it stands. */
export const Row = memo(function Row({ scenario: s, run, content, facts, why, onAccept, onTry, onDelete, onOpen }: RowProps) {
  const t = useT();
  const state = stateOf(run);
  const last = run?.results.at(-1);
  const rule = last?.rules.filter((r) => r.table === "sender").at(-1) ?? last?.rules.at(-1);
  return (
    <li className="scenario" data-state={state}>
      <span className="mark" data-state={state}><Icon name={icons[state]} size={16} /><span className="sr-only">{t(`scenarios.state.${state}`)}</span></span>
      <div className="scenario-words">
        <Link href={`/scenarios/${s.id}`} className="scenario-name">{s.about}</Link>
        {state === "pass" || state === "open" || !run ? (
          <p className="muted">{t("scenarios.expects", { answer: answersWords(s.expect, facts, content, t) })}</p>
        ) : (
          <dl className="was-now">
            <dt>{t("scenarios.expected")}</dt><dd>{answersWords(s.expect, facts, content, t)}</dd>
            <dt>{t(run.results.length > 1 ? "scenarios.draftSays" : "scenarios.liveSays")}</dt><dd>{last!.answers.length > 0 ? answersWords(last!.answers, facts, content, t) : last!.wrong.join(" ")}</dd>
          </dl>
        )}
        {(state === "change" || state === "fail") && (
          <div className="actions">
            {last!.answers.length > 0 && <Button why={why} onPress={() => onAccept(s, run!)}>{t("scenarios.accept")}</Button>}
            {rule && <Link className="button" data-kind="plain" href={`/rules/${rule.table}/${rule.id}`}>{t("scenarios.openRule")}</Link>}
          </div>
        )}
      </div>
      <Sides run={run} />
      <Menu label={t("scenarios.more", { about: s.about })} entries={[
        { id: "try", label: t("nav.try"), run: () => onTry(s) },
        { id: "edit", label: t("scenarios.edit"), run: () => onOpen(s) },
        { id: "delete", label: t("scenarios.delete"), danger: true, why, run: () => onDelete(s) },
      ]} />
    </li>
  );
});

/** How live content and the draft answer it. */
function Sides({ run }: { run: ScenarioRun | undefined }) {
  const t = useT();
  const sides = run?.results.length === 2 ? ["live", "draft"] : ["live"];
  return (
    <p className="sides">
      {run?.results.map((r, i) => (
        <span key={i} data-holds={r.holds}>
          {t(`scenarios.side.${sides[i]}`)} <Icon name={r.holds ? "check" : "close"} size={14} /><span className="sr-only">{t(r.holds ? "scenarios.state.pass" : "scenarios.state.fail")}</span>
        </span>
      ))}
    </p>
  );
}
