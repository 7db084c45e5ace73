import { useState } from "react";
import { useVersions } from "../../api/hooks";
import { useDrift, type DriftRow } from "../../api/insights";
import { useOutcome } from "../../flow/outcome";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Chip, Failed, Loading } from "../../ui/parts";
import { Select } from "../../ui/Select";
import { useWhen } from "../../ui/when";
import { DifferenceView, TooFew } from "./Bars";

const firstShown = 12;

/** Whether a published version did what it was predicted to do. */
export function DriftView() {
  const t = useT();
  const when = useWhen();
  const versions = useVersions().data ?? [];
  const live = versions.find((v) => v.live)?.number ?? 0;
  const [chosen, setChosen] = useState(0);
  const drift = useDrift(chosen);
  // A first version, or one after a quiet time, can be told by what came alone.
  const predicts = (drift.data?.predictedChanged.of ?? 0) > 0;
  return (
    <section className="answers">
      <Select label={t("insights.version")} showLabel value={String(chosen || live)} onChange={(id) => setChosen(Number(id) === live ? 0 : Number(id))}
        choices={versions.map((v) => ({ id: String(v.number), label: t("insights.versionOf", { number: v.number, day: when.day(v.at) }) }))} />
      {drift.isPending ? <Loading /> : !drift.data ? <Failed error={drift.error} retry={() => void drift.refetch()} /> : (
        <>
          <p className="notice" data-tone={drift.data.rows.some((r) => r.drifts) ? "warn" : predicts ? "good" : undefined}>{drift.data.says}</p>
          {predicts && <p className="muted">{t("insights.driftWhat", { before: drift.data.before, since: drift.data.since, predicted: when.share(drift.data.predictedChanged.share) })}</p>}
          {drift.data.rows.length > 0 && <DriftTable rows={drift.data.rows} predicts={predicts} />}
        </>
      )}
    </section>
  );
}

function DriftTable({ rows, predicts }: { rows: readonly DriftRow[]; predicts: boolean }) {
  const t = useT();
  const when = useWhen();
  const outcome = useOutcome();
  const [all, setAll] = useState(false);
  const share = (rate: DriftRow["was"]) => (rate.of > 0 ? when.share(rate.share) : <TooFew />);
  return (
    <>
      <div className="scroll" role="region" aria-label={t("insights.drift")} tabIndex={0}>
        <table className="figures wide">
          <thead><tr><th scope="col">{t("insights.topic")}</th><th scope="col">{t("insights.outcome")}</th>{predicts && <><th scope="col">{t("insights.was")}</th><th scope="col">{t("insights.predicted")}</th></>}<th scope="col">{t("insights.came")}</th>{predicts && <th scope="col">{t("insights.off")}</th>}</tr></thead>
          <tbody>
            {(all ? rows : rows.slice(0, firstShown)).map((r) => (
              <tr key={r.topic + r.outcome}>
                <th scope="row">{r.label}</th>
                <td>{outcome(r.outcome)}</td>
                {predicts && <><td>{share(r.was)}</td><td>{share(r.predicted)}</td></>}
                <td>{share(r.came)}</td>
                {predicts && <td>{r.drifts && <Chip tone="warn" icon="warning">{t("insights.drifts")}</Chip>} <DifferenceView difference={r.drift} /></td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > firstShown && !all && <Button kind="quiet" onPress={() => setAll(true)}>{t("insights.more", { count: rows.length - firstShown })}</Button>}
    </>
  );
}
