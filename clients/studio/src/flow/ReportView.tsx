import type { ReactNode } from "react";
import type { Fix, GuardrailState, Report } from "../api/types";
import { useT } from "../i18n";
import { FindingCard } from "../ui/FindingCard";
import { Icon } from "../ui/Icon";
import { Chip, type Tone } from "../ui/parts";

interface ReportViewProps {
  report: Report;
  /** Does the operations of a fix; left out where nothing can be changed. */
  onFix?(fix: Fix): void;
  why?: string;
  /** What can be done about a scenario that gets another answer. */
  caseAction?(id: string): ReactNode;
}

const states: readonly (readonly [string, Tone, "check" | "warning" | "lock"])[] = [
  ["broken", "bad", "warning"],
  ["undetermined", "warn", "warning"],
  ["proved", "good", "check"],
  ["run_time", "good", "lock"],
  ["lint", "good", "check"],
  ["later", "neutral", "warning"],
];

/** What check, scenarios and proof said: what is wrong first, then what holds and how. */
export function ReportView({ report, onFix, why, caseAction }: ReportViewProps) {
  const t = useT();
  const errors = report.problems.filter((p) => p.severity === "error");
  const wrong = errors.length + report.findings.length + report.failedCases.length;
  return (
    <div className="report">
      {wrong > 0 ? (
        <section>
          <h2>{t("report.toFix", { count: wrong })}</h2>
          <div className="findings">
            {errors.map((p) => <p key={p.file + p.line + p.message} className="notice" data-tone="bad"><Icon name="warning" /> {p.message} <span className="muted">{p.file}:{p.line}</span></p>)}
            {report.findings.map((f) => <FindingCard key={f.code + f.table + f.id + f.day} finding={f} {...(onFix && { onFix })} {...(why && { why })} />)}
            {report.failedCases.map((c) => (
              <article key={c.id} className="finding">
                <h3><Icon name="warning" /> {t("report.case")}</h3>
                <p className="story">{c.about || c.id}</p>
                <ul className="muted">{c.wrong.map((w) => <li key={w}>{w}</li>)}</ul>
                {caseAction?.(c.id)}
              </article>
            ))}
          </div>
        </section>
      ) : (
        <p className="notice" data-tone="good"><Icon name="check" /> {t("report.green", { count: report.cases })}</p>
      )}
      {states.map(([state, tone, icon]) => <Guardrails key={state} state={state} tone={tone} icon={icon} all={report.guardrails.filter((g) => g.state === state)} />)}
    </div>
  );
}

function Guardrails({ state, tone, icon, all }: { state: string; tone: Tone; icon: "check" | "warning" | "lock"; all: readonly GuardrailState[] }) {
  const t = useT();
  if (all.length === 0) return null;
  return (
    <section className="guards">
      <h2>{t(`guard.${state}`)} <span className="count">{all.length}</span></h2>
      <p className="muted">{t(`guard.${state}.what`)}</p>
      <ul>
        {all.map((g) => (
          <li key={g.id}>
            <Chip tone={tone} icon={icon}>{g.id}</Chip> <span>{g.says}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
