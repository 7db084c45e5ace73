import { useState } from "react";
import { useInsights, type Insights as Figures } from "../../api/insights";
import { useT } from "../../i18n";
import { Icon } from "../../ui/Icon";
import { Failed, Loading, PageHead } from "../../ui/parts";
import { Select } from "../../ui/Select";
import { Tabs } from "../../ui/Tabs";
import { useWhen } from "../../ui/when";
import { Answers } from "./Answers";
import { DriftView } from "./DriftView";
import { Experiments } from "./Experiments";
import { Feedback } from "./Feedback";
import { Gaps } from "./Gaps";
import { Reports } from "./Reports";

const parts = ["answers", "gaps", "feedback", "reports", "drift", "variants"] as const;
type Part = (typeof parts)[number];

/** The first day of the month some months ago, by UTC as the figures are. */
export function monthsAgo(n: number, now = new Date()): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - n, 1)).toISOString().slice(0, 10);
}

/** Figures of a period, part by part. */
export function Insights() {
  const t = useT();
  const when = useWhen();
  const [months, setMonths] = useState("1");
  const [part, setPart] = useState<Part>(() => parts.find((p) => location.hash === `#${p}`) ?? "answers");
  const figures = useInsights(monthsAgo(Number(months)), "");
  if (figures.isPending) return <Loading />;
  if (!figures.data) return <Failed error={figures.error} retry={() => void figures.refetch()} />;
  const f = figures.data;
  const choose = (id: string) => {
    history.replaceState(history.state, "", `#${id}`);
    setPart(id as Part);
  };
  return (
    <>
      <PageHead
        title={t("nav.insights")}
        actions={<Select label={t("insights.period")} showLabel value={months} onChange={setMonths} choices={["0", "1", "5", "11"].map((id) => ({ id, label: t("insights.months", { months: Number(id) + 1 }) }))} />}
      >
        {t("insights.about", { from: when.day(f.fromDay), to: when.day(f.toDay), count: f.decisions })}
      </PageHead>
      <Caveats figures={f} />
      <Tabs
        label={t("insights.parts")}
        chosen={part}
        onChoose={choose}
        tabs={[
          { id: "answers", label: t("insights.answers"), content: <Answers figures={f} /> },
          { id: "gaps", label: t("insights.gaps"), content: <Gaps figures={f} /> },
          { id: "feedback", label: t("insights.feedback"), content: <Feedback figures={f} /> },
          { id: "reports", label: t("insights.reports"), content: <Reports /> },
          { id: "drift", label: t("insights.drift"), content: <DriftView /> },
          { id: "variants", label: t("insights.variants"), content: <Experiments figures={f} /> },
        ]}
      />
    </>
  );
}

/** What the figures leave out, and why. */
function Caveats({ figures: f }: { figures: Figures }) {
  const t = useT();
  return (
    <div className="caveats">
      <p className="muted"><Icon name="lock" size={16} /> {t("insights.floor", { floor: f.floor })}</p>
      {!f.logged && <p className="notice">{t("insights.notLogged")}</p>}
      {!f.counted && <p className="notice">{t("insights.notCounted")}</p>}
      {f.lost > 0 && <p className="notice">{t("insights.lost", { count: f.lost })}</p>}
    </div>
  );
}
