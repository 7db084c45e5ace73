import type { Insights } from "../../api/insights";
import { useT } from "../../i18n";
import { Chip, Empty } from "../../ui/parts";
import { useWhen } from "../../ui/when";

/** Topics that members ask about and that get no advice. Topics only: no words of anybody. */
export function Gaps({ figures: f }: { figures: Insights }) {
  const t = useT();
  const when = useWhen();
  if (f.gaps.length === 0) return <Empty icon="check" title={t("insights.noGaps")} />;
  const most = Math.max(1, ...f.gaps.map((g) => g.asked));
  return (
    <section>
      <p className="muted">{t("insights.gapsWhat")}</p>
      <div className="scroll" role="region" aria-label={t("insights.gaps")} tabIndex={0}>
        <table className="figures wide">
          <thead><tr><th scope="col">{t("insights.topic")}</th><th scope="col">{t("insights.asked")}</th><th scope="col">{t("insights.unanswered")}</th><th scope="col">{t("insights.nobodySpoke")}</th><td /></tr></thead>
          <tbody>
            {f.gaps.map((g) => (
              <tr key={g.topic}>
                <th scope="row">{g.label} {g.noItems && <Chip tone="warn">{t("insights.noItems")}</Chip>}</th>
                <td>{when.number(g.asked)}</td>
                <td>{when.number(g.count)} <small className="muted">{when.share(g.count / g.asked)}</small></td>
                <td>{when.number(g.nobody)}</td>
                <td className="bar" aria-hidden="true"><svg viewBox="0 0 100 10" preserveAspectRatio="none"><rect className="track" width={(100 * g.asked) / most} height="10" rx="1" /><rect width={(100 * g.count) / most} height="10" rx="1" /></svg></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
