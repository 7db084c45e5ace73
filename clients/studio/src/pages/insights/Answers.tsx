import { useState } from "react";
import { Link } from "wouter";
import type { Figure, Insights, RuleFigure } from "../../api/insights";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/parts";
import { BarTable, DayChart } from "./Bars";

type By = "senders" | "mindsets" | "topics" | "rules";

const tops = 4;

/** Who spoke about what, day by day and in sum; why nobody spoke; rules that decided nothing. */
export function Answers({ figures: f }: { figures: Insights }) {
  const t = useT();
  const [by, setBy] = useState<By>("senders");
  if (f.decisions === 0) return <Empty icon="insights" title={t("insights.nothing")}>{t("insights.nothingWhy")}</Empty>;
  const word = (kind: By, id: string, label: string) => (kind === "senders" ? t("insights.sender", { id }) : kind === "mindsets" ? t("insights.mindset", { id }) : label);
  const all: readonly (Figure | RuleFigure)[] = f[by];
  const series = all.slice(0, tops).map((x) => ({ id: keyOf(x), label: word(by, x.id, x.label) }));
  return (
    <div className="answers">
      <div className="actions" role="group" aria-label={t("insights.by")}>
        {(["senders", "mindsets", "topics", "rules"] as const).map((kind) => <Button key={kind} aria-pressed={by === kind} onPress={() => setBy(kind)}>{t(`insights.by.${kind}`)}</Button>)}
      </div>
      <section>
        <h2>{t("insights.perDay")}</h2>
        <DayChart label={t("insights.perDay")} series={series} columns={f.days.map((d) => ({ day: d.day, total: by === "rules" ? most(d.day, all.slice(0, tops)) : d.count, parts: all.slice(0, tops).map((x) => ({ id: keyOf(x), count: x.days.find((y) => y.day === d.day)?.count ?? 0 })) }))} />
      </section>
      <section>
        <h2>{t("insights.inAll")}</h2>
        <BarTable caption={t("insights.inAll")} head={t(`insights.by.${by}`)} bars={all.map((x) => ({ id: keyOf(x), count: x.count, label: "table" in x ? <RuleName rule={x} /> : word(by, x.id, x.label) }))} />
      </section>
      <section>
        <h2>{t("insights.nobody")}</h2>
        <p className="muted">{t("insights.nobodyWhat")}</p>
        <BarTable caption={t("insights.nobody")} head={t("insights.by.rules")} bars={f.nobody.map((x) => ({ id: keyOf(x), count: x.count, label: <RuleName rule={x} because /> }))} />
      </section>
      <section>
        <h2>{t("insights.neverHit")} <span className="count">{f.neverHit.length}</span></h2>
        <p className="muted">{t("insights.neverHitWhat")}</p>
        <ul className="plain">{f.neverHit.map((x) => <li key={keyOf(x)}><RuleName rule={x} because /></li>)}</ul>
      </section>
    </div>
  );
}

const keyOf = (x: Figure | RuleFigure) => ("table" in x ? `${x.table}/${x.id}` : x.id);

/** Each answer has a rule of both tables, so that rules do not add up to the answers of a day. */
const most = (day: string, all: readonly (Figure | RuleFigure)[]) => all.reduce((sum, x) => sum + (x.days.find((y) => y.day === day)?.count ?? 0), 0);

/** A rule by its title, with a way to it. */
export function RuleName({ rule, because }: { rule: RuleFigure; because?: boolean }) {
  // A default row has no title: why it exists tells more than its id.
  const titled = rule.label !== "" && rule.label !== rule.id;
  const name = titled ? rule.label : rule.because || rule.id;
  return (
    <>
      {rule.inForce ? <Link className="to-rule" href={`/rules/${rule.table}/${rule.id}`}>{name}</Link> : name}
      {because && titled && rule.because && <small className="muted"> {rule.because}</small>}
    </>
  );
}
