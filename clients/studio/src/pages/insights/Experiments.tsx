import type { Experiment, Holdout, Insights } from "../../api/insights";
import { useT } from "../../i18n";
import { Chip, Empty } from "../../ui/parts";
import { useWhen } from "../../ui/when";
import { DifferenceView, RateView, TooFew } from "./Bars";

/** Which words did better, and what advice does at all. */
export function Experiments({ figures: f }: { figures: Insights }) {
  const t = useT();
  if (f.experiments.length === 0 && !f.holdout) return <Empty icon="insights" title={t("insights.noVariants")}>{t("insights.noVariantsWhy")}</Empty>;
  return (
    <div className="answers">
      {f.holdout && <HoldoutView holdout={f.holdout} />}
      {f.experiments.map((e) => <OneExperiment key={e.adviceId} experiment={e} />)}
    </div>
  );
}

function OneExperiment({ experiment: e }: { experiment: Experiment }) {
  const t = useT();
  const when = useWhen();
  return (
    <section>
      <h2>{e.label} {!e.inForce && <Chip>{t("insights.over")}</Chip>}</h2>
      <div className="scroll" role="region" aria-label={e.label} tabIndex={0}>
        <table className="figures wide">
          <thead><tr><th scope="col">{t("insights.words")}</th><th scope="col">{t("insights.shareOf")}</th><th scope="col">{t("insights.shown")}</th><th scope="col">{t("insights.helpful")}</th><th scope="col">{t("insights.lift")}</th></tr></thead>
          <tbody>
            {e.arms.map((arm) => (
              <tr key={arm.id}>
                <th scope="row">{arm.id || t("insights.base")}</th>
                <td>{when.share(arm.share)}</td>
                <td>{arm.feedback?.shown ? when.number(arm.feedback.shown) : <TooFew />}</td>
                <td><RateView rate={arm.feedback?.helpful} /></td>
                <td>{arm.id ? <DifferenceView difference={arm.lift} /> : "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function HoldoutView({ holdout: h }: { holdout: Holdout }) {
  const t = useT();
  const when = useWhen();
  return (
    <section className="card">
      <h2>{t("insights.holdout")}</h2>
      <p className="muted">{t("insights.holdoutWhat", { share: when.share(h.share), count: h.topics.length })}</p>
      <dl className="facts-list">
        <div><dt>{t("insights.offered")}</dt><dd><RateView rate={h.offered} /></dd></div>
        <div><dt>{t("insights.heldBack")}</dt><dd><RateView rate={h.heldBack} /></dd></div>
        <div><dt>{t("insights.lift")}</dt><dd><DifferenceView difference={h.lift} /></dd></div>
      </dl>
    </section>
  );
}
