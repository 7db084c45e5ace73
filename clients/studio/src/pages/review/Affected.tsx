import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { useImpact } from "../../api/flow";
import type { Compared, Content, Draft, Impact, Region, Sample } from "../../api/types";
import { matrix, tally, useOutcome } from "../../flow/outcome";
import { useTryAs } from "../../flow/tryAs";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Chip, Empty, Failed } from "../../ui/parts";
import { Select } from "../../ui/Select";
import { useWhen } from "../../ui/when";

interface AffectedProps {
  draft: Draft;
  impact: ReturnType<typeof useImpact>;
  standard: boolean;
  regions: UseQueryResult<Compared>;
  content: Content | undefined;
}

/** Whose answer is another: counted in recorded requests, and exactly for every possible member. */
export function Affected({ impact, standard, regions, content }: AffectedProps) {
  const t = useT();
  const state = standard ? impact : regions;
  if (state.error) return <Failed error={state.error} retry={() => void state.refetch()} />;
  if (standard && !impact.data) return <Working impact={impact} />;
  if (!standard && !regions.data) return <p className="loading" role="status">{t("head.comparing")}</p>;
  const found = standard ? impact.data!.regions : regions.data!.regions;
  const cut = standard ? impact.data!.regionsCut : regions.data!.cut;
  return (
    <div className="affected">
      {standard && <Recorded impact={impact.data!} content={content} />}
      <Regions regions={found} cut={cut} content={content} counted={standard && impact.data!.logged} />
      {standard && <Samples samples={impact.data!.samples} />}
    </div>
  );
}

/** Whom a version answers differently, as it was worked out when it was submitted. */
export function Kept({ impact, content }: { impact: Impact; content: Content | undefined }) {
  const t = useT();
  const when = useWhen();
  return (
    <div className="affected">
      {impact.assessedAt && <p className="muted">{t("affected.kept", { at: when.exact(impact.assessedAt) })}</p>}
      <Recorded impact={impact} content={content} />
      <Regions regions={impact.regions} cut={impact.regionsCut} content={content} counted={impact.counted} />
    </div>
  );
}

function Working({ impact }: { impact: ReturnType<typeof useImpact> }) {
  const t = useT();
  const { progress } = impact;
  return (
    <div className="working" role="status">
      <p>{progress?.done ? t("head.replayed", { count: progress.done }) : t("head.comparing")}</p>
      <progress aria-label={t("review.affected")} {...(progress && progress.total > 0 ? { value: progress.done, max: progress.total } : {})} />
    </div>
  );
}

/** Recorded requests by the outcome they had and the one they would get. */
function Recorded({ impact, content }: { impact: Impact; content: Content | undefined }) {
  const t = useT();
  const when = useWhen();
  const [topic, setTopic] = useState("");
  const [day, setDay] = useState("");
  if (!impact.logged) return <p className="notice">{t("affected.notLogged")}</p>;
  if (!impact.counted) return <p className="notice">{t("affected.notCounted")}</p>;
  if (impact.changed === 0) return <p className="notice">{t("affected.noneRecorded", { recorded: impact.recorded })}</p>;
  const label = (id: string) => content?.topics.find((x) => x.id === id)?.label ?? id;
  const m = matrix(impact.shifts, topic, day);
  return (
    <section>
      <h2>{t("affected.recorded")}</h2>
      <p className="muted">{t("affected.sums", { changed: impact.changed, recorded: impact.recorded, share: when.share(impact.changed / impact.recorded) })}</p>
      <div className="actions filters">
        <Select label={t("affected.topic")} showLabel value={topic || "all"} onChange={(id) => setTopic(id === "all" ? "" : id)}
          choices={[{ id: "all", label: t("affected.allTopics") }, ...tally(impact.shifts, "topic").map((x) => ({ id: x.id, label: `${label(x.id)} (${x.count})` }))]} />
        <Select label={t("affected.day")} showLabel value={day || "all"} onChange={(id) => setDay(id === "all" ? "" : id)}
          choices={[{ id: "all", label: t("affected.allDays") }, ...tally(impact.shifts, "day").filter((x) => x.id).map((x) => ({ id: x.id, label: `${when.day(x.id)} (${x.count})` }))]} />
      </div>
      <MatrixTable m={m} />
      <Notes impact={impact} />
    </section>
  );
}

function MatrixTable({ m }: { m: ReturnType<typeof matrix> }) {
  const t = useT();
  const outcome = useOutcome();
  const when = useWhen();
  const most = Math.max(1, ...m.from.flatMap((f) => m.to.map((to) => m.count(f, to))));
  return (
    <div className="scroll" role="region" aria-label={t("affected.matrix")} tabIndex={0}>
      <table className="matrix">
        <caption className="sr-only">{t("affected.matrix")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("affected.from")}</th>
            {m.to.map((to) => <th key={to} scope="col"><Icon name="down" size={14} /> {outcome(to)}</th>)}
          </tr>
        </thead>
        <tbody>
          {m.from.map((from) => (
            <tr key={from}>
              <th scope="row">{outcome(from)}</th>
              {m.to.map((to) => {
                const n = m.count(from, to);
                return <td key={to} data-weight={n === 0 ? 0 : Math.ceil((4 * n) / most)}>{n === 0 ? <span className="muted" aria-label={t("affected.zero")}>·</span> : when.number(n)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the counts leave out. */
function Notes({ impact }: { impact: Impact }) {
  const t = useT();
  return (
    <>
      {impact.unsettled > 0 && <p className="muted">{t("affected.unsettled", { count: impact.unsettled })}</p>}
      {impact.dropped > 0 && <p className="muted">{t("affected.dropped", { count: impact.dropped })}</p>}
      {impact.notRecorded.length > 0 && <p className="muted">{t("affected.notRecorded", { count: impact.notRecorded.length })}</p>}
    </>
  );
}

const firstShown = 6;

/** Exactly who is answered differently, also those never seen in traffic. */
function Regions({ regions, cut, content, counted }: { regions: readonly Region[]; cut: boolean; content: Content | undefined; counted: boolean }) {
  const t = useT();
  const when = useWhen();
  const [all, setAll] = useState(false);
  if (regions.length === 0) return <Empty icon="check" title={t("affected.nobody")}>{t("affected.nobodyWhy")}</Empty>;
  const shown = all ? regions : regions.slice(0, firstShown);
  const name = (table: string, id: string) =>
    (table === "advice" ? (content?.advice.find((a) => a.id === id)?.words["en"]?.title) : content?.rules.find((r) => r.table === table && r.id === id)?.title) || id;
  const today = regions.map((r) => r.day).sort()[0];
  return (
    <section>
      <h2>{t("affected.exactly")} <span className="count">{regions.length}{cut && "+"}</span></h2>
      <p className="muted">{t("affected.exactlyWhat")}</p>
      <ul className="regions">
        {shown.map((r) => (
          <li key={`${r.table}/${r.beforeRule}/${r.afterRule}/${r.day}`} className="card">
            <p className="region-head">
              <strong>{r.beforeRule ? name(r.table, r.beforeRule) : t("affected.noRule")}</strong> <span aria-hidden="true">→</span><span className="sr-only">{t("affected.to")}</span>{" "}
              <strong>{r.afterRule ? name(r.table, r.afterRule) : t("affected.noRule")}</strong>
              {counted && <Chip tone={r.recorded > 0 ? "accent" : "neutral"}>{t("affected.seen", { count: r.recorded })}</Chip>}
              {r.day !== today && <Chip tone="warn">{t("affected.fromDay", { day: when.day(r.day) })}</Chip>}
            </p>
            <div className="stories">
              <p className="story"><span className="when">{t("affected.now")}</span> {r.beforeStory}</p>
              <p className="story"><span className="when">{t("affected.then")}</span> {r.afterStory}</p>
            </div>
          </li>
        ))}
      </ul>
      {regions.length > firstShown && !all && <Button onPress={() => setAll(true)}>{t("affected.more", { count: regions.length - firstShown })}</Button>}
      {cut && <p className="muted">{t("affected.cut")}</p>}
    </section>
  );
}

/** Some recorded requests that would be answered differently, to be tried. */
function Samples({ samples }: { samples: readonly Sample[] }) {
  const t = useT();
  const outcome = useOutcome();
  const tryAs = useTryAs();
  const [all, setAll] = useState(false);
  if (samples.length === 0) return null;
  return (
    <section>
      <h2>{t("affected.samples")}</h2>
      <p className="muted">{t("affected.samplesWhat")}</p>
      <ul className="samples">
        {(all ? samples : samples.slice(0, firstShown)).map((s, i) => (
          <li key={i}>
            <p>{s.story} <span className="muted">{outcome(s.before)} → {outcome(s.after)}</span></p>
            <Button onPress={() => tryAs(s.request)}><Icon name="try" size={16} /> {t("affected.try")}</Button>
          </li>
        ))}
      </ul>
      {samples.length > firstShown && !all && <Button kind="quiet" onPress={() => setAll(true)}>{t("affected.more", { count: samples.length - firstShown })}</Button>}
    </section>
  );
}
