import { useId, type ReactNode } from "react";
import type { Difference, Rate } from "../../api/insights";
import { useT } from "../../i18n";
import { useWhen } from "../../ui/when";

export interface Bar {
  id: string;
  label: ReactNode;
  count: number;
}

/** Numbers as a table, each with a bar beside it. The table is the whole of it: bars only repeat it. */
export function BarTable({ caption, head, bars }: { caption: string; head: string; bars: readonly Bar[] }) {
  const t = useT();
  const when = useWhen();
  const most = Math.max(1, ...bars.map((b) => b.count));
  if (bars.length === 0) return <p className="muted">{t("insights.tooFew")}</p>;
  return (
    <table className="bars">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only"><tr><th scope="col">{head}</th><th scope="col">{t("insights.count")}</th><td /></tr></thead>
      <tbody>
        {bars.map((b) => (
          <tr key={b.id}>
            <th scope="row">{b.label}</th>
            <td className="number">{when.number(b.count)}</td>
            <td className="bar" aria-hidden="true"><svg viewBox="0 0 100 10" preserveAspectRatio="none"><rect width={(100 * b.count) / most} height="10" rx="1" /></svg></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export interface Column {
  day: string;
  parts: readonly { id: string; count: number }[];
  total: number;
}

const height = 120;
const step = 14;

/** Days side by side, each in parts; the figures stand in a table below. */
export function DayChart({ columns, series, label }: { columns: readonly Column[]; series: readonly { id: string; label: string }[]; label: string }) {
  const t = useT();
  const when = useWhen();
  const title = useId();
  if (columns.length === 0) return <p className="muted">{t("insights.tooFew")}</p>;
  const most = Math.max(1, ...columns.map((c) => c.total));
  const width = Math.max(columns.length, 62) * step;
  return (
    <figure className="days">
      <ul className="legend" aria-hidden="true">{series.map((s, i) => <li key={s.id}><span data-series={i} />{s.label}</li>)}</ul>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={title} preserveAspectRatio="xMinYMax meet">
        <title id={title}>{label}</title>
        {columns.map((c, x) => <Stack key={c.day} column={c} series={series} x={x * step} most={most} />)}
      </svg>
      <p className="axis" aria-hidden="true"><span>{when.day(columns[0]!.day)}</span>{columns.length > 1 && <span>{when.day(columns.at(-1)!.day)}</span>}<span className="muted">{t("insights.most", { count: most })}</span></p>
      <details>
        <summary>{t("insights.asTable")}</summary>
        <div className="scroll" role="region" aria-label={label} tabIndex={0}>
          <table className="figures">
            <thead><tr><th scope="col">{t("insights.day")}</th><th scope="col">{t("insights.all")}</th>{series.map((s) => <th key={s.id} scope="col">{s.label}</th>)}</tr></thead>
            <tbody>
              {columns.map((c) => (
                <tr key={c.day}>
                  <th scope="row">{when.day(c.day)}</th>
                  <td>{when.number(c.total)}</td>
                  {series.map((s) => {
                    const n = c.parts.find((p) => p.id === s.id)?.count ?? 0;
                    return <td key={s.id}>{n > 0 ? when.number(n) : <TooFew />}</td>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function Stack({ column, series, x, most }: { column: Column; series: readonly { id: string }[]; x: number; most: number }) {
  const tall = (n: number) => (n / most) * (height - 4);
  let top = height;
  const known = column.parts.reduce((sum, p) => sum + p.count, 0);
  const parts = [...series.map((s, i) => ({ i, n: column.parts.find((p) => p.id === s.id)?.count ?? 0 })), { i: -1, n: column.total - known }];
  return (
    <g>
      {parts.filter((p) => p.n > 0).map(({ i, n }) => {
        top -= tall(n);
        return <rect key={i} data-series={i < 0 ? "rest" : i} x={x + 2} y={top} width={step - 4} height={Math.max(0.5, tall(n) - 0.5)} />;
      })}
    </g>
  );
}

/** Stands where a number is too small to be shown. */
export function TooFew() {
  const t = useT();
  return <span className="too-few">{t("insights.few")}</span>;
}

/** A share with its interval, as words and on a line from 0 to 1. */
export function RateView({ rate }: { rate: Rate | undefined }) {
  const t = useT();
  const when = useWhen();
  if (!rate || rate.of === 0) return <TooFew />;
  return (
    <span className="rate">
      <span className="number">{when.share(rate.share)}</span>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect className="track" y="4" width="100" height="2" />
        <rect className="interval" x={100 * rate.low} y="2" width={Math.max(1, 100 * (rate.high - rate.low))} height="6" />
        <rect className="point" x={Math.max(0, 100 * rate.share - 0.75)} width="1.5" height="10" />
      </svg>
      <small className="muted">{t("insights.interval", { low: when.share(rate.low), high: when.share(rate.high), of: rate.of })}</small>
    </span>
  );
}

/** A difference of two shares, in points, with its interval. */
export function DifferenceView({ difference }: { difference: Difference | undefined }) {
  const t = useT();
  const when = useWhen();
  if (!difference) return <TooFew />;
  const clear = difference.low > 0 || difference.high < 0;
  const points = (n: number) => `${n > 0 ? "+" : ""}${when.share(n)}`;
  return <span><strong>{points(difference.value)}</strong> <small className="muted">{t("insights.between", { low: points(difference.low), high: points(difference.high) })} · {t(clear ? "insights.clear" : "insights.chance")}</small></span>;
}
