import { useState } from "react";
import type { FeedbackFigure, Insights } from "../../api/insights";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/parts";
import { useWhen } from "../../ui/when";
import { RateView, TooFew } from "./Bars";

const kinds = ["rule", "advice", "sender", "topic", "language", "revision"] as const;

/** What was said back, with how sure that is. */
export function Feedback({ figures: f }: { figures: Insights }) {
  const t = useT();
  const [by, setBy] = useState<(typeof kinds)[number]>("advice");
  const rows = f.feedbackBy.filter((x) => x.by === by);
  if (f.feedback.helpful.of === 0 && f.feedbackBy.length === 0) return <Empty icon="insights" title={t("insights.noFeedback")}>{t("insights.noFeedbackWhy")}</Empty>;
  return (
    <section className="answers">
      <p className="overall"><strong>{t("insights.helpful")}</strong> <RateView rate={f.feedback.helpful} /></p>
      <div className="actions" role="group" aria-label={t("insights.by")}>
        {kinds.filter((k) => f.feedbackBy.some((x) => x.by === k)).map((k) => <Button key={k} aria-pressed={by === k} onPress={() => setBy(k)}>{t(`insights.of.${k}`)}</Button>)}
      </div>
      {rows.length === 0 ? <p className="muted">{t("insights.tooFew")}</p> : <Rows rows={rows} head={t(`insights.of.${by}`)} />}
    </section>
  );
}

function Rows({ rows, head }: { rows: readonly FeedbackFigure[]; head: string }) {
  const t = useT();
  const when = useWhen();
  const word = (x: FeedbackFigure) => (x.by === "sender" ? t("insights.sender", { id: x.id }) : x.label || x.id);
  return (
    <div className="scroll" role="region" aria-label={head} tabIndex={0}>
      <table className="figures wide">
        <thead><tr><th scope="col">{head}</th><th scope="col">{t("insights.shown")}</th><th scope="col">{t("insights.helpful")}</th><th scope="col">{t("insights.against")}</th></tr></thead>
        <tbody>
          {rows.map((x) => (
            <tr key={x.of + x.id}>
              <th scope="row">{word(x)}</th>
              <td>{x.shown > 0 ? when.number(x.shown) : <TooFew />}</td>
              <td><RateView rate={x.helpful} /></td>
              <td>{x.against.length > 0 ? x.against.map((a) => t("insights.said", { kind: a.id, count: a.count })).join(", ") : <TooFew />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
