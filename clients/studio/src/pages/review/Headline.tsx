import type { ReactNode } from "react";
import type { useChangedScenarios, useImpact } from "../../api/flow";
import type { Impact, Report } from "../../api/types";
import { useT } from "../../i18n";
import { Icon } from "../../ui/Icon";
import { useWhen } from "../../ui/when";

interface HeadlineProps {
  report: Report | undefined;
  checking: boolean;
  impact: ReturnType<typeof useImpact>;
  scenarios: ReturnType<typeof useChangedScenarios>;
  /** Whether the draft stands against the version in force, as recorded requests are replayed. */
  standard: boolean;
  /** Of a published draft: as it was kept with the version. */
  kept: Impact | undefined;
  onShow(tab: string): void;
}

/** The three figures that say whether to read on: requests, scenarios, guardrails. */
export function Headline({ report, checking, impact, scenarios, standard, kept, onShow }: HeadlineProps) {
  const t = useT();
  return (
    <div className="headline">
      <Figure label={t("head.requests")} onPress={() => onShow("affected")}>
        {kept ? <Counted data={kept} /> : standard ? <Requests impact={impact} /> : <span>{t("head.otherSides")}</span>}
      </Figure>
      <Figure label={t("head.scenarios")} onPress={() => onShow("guards")}>
        {report ? <Scenarios report={report} changed={scenarios.data?.changed} /> : <span>{checking ? t("draft.checking") : t("head.unknown")}</span>}
      </Figure>
      <Figure label={t("head.guards")} onPress={() => onShow("guards")}>
        {report ? <Guarded report={report} /> : <span>{checking ? t("draft.checking") : t("head.unknown")}</span>}
      </Figure>
    </div>
  );
}

function Figure({ label, children, onPress }: { label: string; children: ReactNode; onPress(): void }) {
  return (
    <button type="button" className="figure" onClick={onPress}>
      <span className="figure-label">{label}</span>
      <span className="figure-body">{children}</span>
    </button>
  );
}

function Requests({ impact }: { impact: ReturnType<typeof useImpact> }) {
  const t = useT();
  const { data, progress, error } = impact;
  if (error) return <span>{t("head.unknown")}</span>;
  if (!data) return <span>{progress?.done ? t("head.replayed", { count: progress.done }) : t("head.comparing")}</span>;
  return <Counted data={data} />;
}

function Counted({ data }: { data: Impact }) {
  const t = useT();
  const when = useWhen();
  if (!data.logged || !data.counted) return <><strong>{t("head.regions", { count: data.regions.length })}</strong><span>{t("head.notLogged")}</span></>;
  return (
    <>
      <strong>{when.number(data.changed)} <small>{t("head.of", { count: data.recorded })}</small></strong>
      <span>{data.recorded > 0 ? t("head.differently", { share: when.share(data.changed / data.recorded) }) : t("head.noTraffic")}</span>
    </>
  );
}

function Scenarios({ report, changed }: { report: Report; changed: number | undefined }) {
  const t = useT();
  const failed = report.failedCases.length;
  return (
    <>
      <strong>{changed === undefined ? report.cases : <>{changed} <small>{t("head.of", { count: report.cases })}</small></>}</strong>
      <span data-tone={failed ? "warn" : "good"}><Icon name={failed ? "warning" : "check"} size={16} /> {t("head.scenariosSay", { failed })}</span>
    </>
  );
}

/** How many guardrails stand in which way. */
export function countGuardrails(report: Report) {
  const of = (...states: string[]) => report.guardrails.filter((g) => states.includes(g.state)).length;
  return { all: report.guardrails.length, proved: of("proved"), checked: of("run_time", "lint"), later: of("later"), broken: of("broken"), open: of("undetermined") };
}

function Guarded({ report }: { report: Report }) {
  const t = useT();
  const n = countGuardrails(report);
  const wrong = n.broken + n.open;
  return (
    <>
      <strong>{n.proved + n.checked} <small>{t("head.of", { count: n.all })}</small></strong>
      {wrong > 0 ? <span data-tone="warn"><Icon name="warning" size={16} /> {t("head.broken", { broken: n.broken, open: n.open })}</span> : <span data-tone="good"><Icon name="check" size={16} /> {t("head.proved", { proved: n.proved, checked: n.checked })}</span>}
    </>
  );
}
