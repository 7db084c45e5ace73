import { useState } from "react";
import { useLocation } from "wouter";
import { useReports, type Reported } from "../../api/insights";
import { useMe } from "../../api/hooks";
import { useDraft, useEdit } from "../../draft";
import { useTryAs } from "../../flow/tryAs";
import { useT } from "../../i18n";
import { Button, may } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Chip, Empty, Failed, Loading } from "../../ui/parts";
import { useToasts } from "../../ui/Toasts";
import { useWhen } from "../../ui/when";
import { RuleName } from "./Answers";

/** Reports that the wrong side spoke; one press makes each a scenario of the draft. */
export function Reports() {
  const t = useT();
  const reports = useReports();
  if (reports.isPending) return <Loading />;
  if (!reports.data) return <Failed error={reports.error} retry={() => void reports.refetch()} />;
  if (reports.data.length === 0) return <Empty icon="check" title={t("insights.noReports")}>{t("insights.noReportsWhy")}</Empty>;
  return (
    <section>
      <p className="muted">{t("insights.reportsWhat")}</p>
      <ul className="reports">{reports.data.map((r) => <li key={r.reportId}><OneReport report={r} /></li>)}</ul>
    </section>
  );
}

function OneReport({ report: r }: { report: Reported }) {
  const t = useT();
  const when = useWhen();
  const edit = useEdit();
  const tryAs = useTryAs();
  const [, go] = useLocation();
  const me = useMe().data;
  const { show } = useToasts();
  const { draft } = useDraft();
  const [made, setMade] = useState("");
  // Of few members only the month is told.
  const day = r.count > 0 ? when.day(r.day) : when.month(r.day);
  const make = async () => {
    await edit(...r.operations);
    setMade(draft?.draftId ?? "new");
    show({ text: t("insights.made"), tone: "good", action: { label: t("nav.scenarios"), run: () => go("/scenarios") } });
  };
  return (
    <article className="card" aria-label={t("insights.report", { label: r.label, day })}>
      <p className="region-head">
        <strong>{r.label}</strong>
        <Chip tone="warn">{t("insights.spoke", { sender: r.sender, wanted: r.wanted })}</Chip>
        {!r.still && <Chip tone="good" icon="check">{t("insights.mended")}</Chip>}
        <small className="muted">{day}{r.count > 0 && ` · ${t("insights.times", { count: r.count })}`}</small>
      </p>
      <p className="story">{r.story}</p>
      <p className="muted">{r.rules.map((rule, i) => <span key={rule.table + rule.id}>{i > 0 && " · "}<RuleName rule={rule} /></span>)}</p>
      <div className="actions">
        <Button kind="primary" permission={may(me?.permissions, "edit")} why={made ? t("insights.madeAlready") : r.operations.length === 0 && t("insights.cannotMake")} onPress={() => void make()}>{t("insights.make")}</Button>
        <Button onPress={() => tryAs(r.request)}><Icon name="try" size={16} /> {t("insights.try")}</Button>
      </div>
    </article>
  );
}
