import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import { useVersion } from "../../api/flow";
import { useCompare, useContent, useMe, useVersions } from "../../api/hooks";
import type { Change, Compared, Published, Version } from "../../api/types";
import type { UseQueryResult } from "@tanstack/react-query";
import { ChangeList } from "../../flow/ChangeList";
import { Reviews } from "../../flow/People";
import { ReportView } from "../../flow/ReportView";
import { useT } from "../../i18n";
import { Button, may } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Chip, Failed, Loading, PageHead } from "../../ui/parts";
import { Select } from "../../ui/Select";
import { useWhen } from "../../ui/when";
import { Kept } from "../review/Affected";
import { RollBack } from "./RollBack";
import { versionTitle } from "./words";

/** One version as it was published. What is stored with it is shown as stored. */
export function VersionView({ number }: { number: number }) {
  const published = useVersion(number);
  const versions = useVersions();
  if (published.isPending || versions.isPending) return <Loading />;
  if (!published.data || !versions.data) return <Failed error={published.error ?? versions.error} retry={() => void published.refetch()} />;
  return <Shown published={published.data} versions={versions.data} />;
}

function Shown({ published, versions }: { published: Published; versions: readonly Version[] }) {
  const t = useT();
  const when = useWhen();
  const me = useMe().data;
  const { version: v, report, impact } = published;
  const live = versions.find((x) => x.live)?.number ?? 0;
  const [against, setAgainst] = useState(v.number - 1);
  const [back, setBack] = useState(false);
  // What it changed from the one before is stored; any other pair is compared now.
  const stored = against === v.number - 1;
  const compared = useCompare({ version: against }, { version: v.number }, { enabled: !stored && against > 0 });
  const was = useContent({ version: against }, against > 0).data;
  const is = useContent({ version: v.number }).data;
  return (
    <article className="version">
      <p className="crumb"><Link href="/history">{t("nav.history")}</Link></p>
      <PageHead
        title={<>{versionTitle(t, v)} {v.live && <Chip tone="good" icon="check">{t("history.live")}</Chip>}</>}
        actions={
          <>
            <Button onPress={() => window.print()}>{t("history.print")}</Button>
            {!v.live && <Button kind="primary" permission={may(me?.permissions, "roll_back")} onPress={() => setBack(true)}><Icon name="undo" size={16} /> {t("history.rollBack")}</Button>}
          </>
        }
      >
        {t("history.number", { number: v.number })} · {when.exact(v.at)}
      </PageHead>
      <dl className="facts">
        <Fact label={t("history.written")}>{v.authors.join(", ")}</Fact>
        <Fact label={t("history.published")}>{v.by}{v.with && ` · ${t("history.with", { with: v.with })}`}</Fact>
        {v.note && <Fact label={t("history.why")}>{v.note}</Fact>}
        {v.restores > 0 && <Fact label={t("history.restores")}><Link href={`/history/${v.restores}`}>{t("history.number", { number: v.restores })}</Link></Fact>}
        <Fact label={t("history.approvals")}>{v.reviews.length > 0 ? <Reviews reviews={v.reviews} /> : t("history.noApprovals")}</Fact>
        <Fact label={t("history.reference")}><code>{v.revision}</code></Fact>
      </dl>
      <section className="version-part">
        <div className="part-head">
          <h2>{t("history.changes")}</h2>
          <Against versions={versions} number={v.number} against={against} live={live} onChange={setAgainst} />
        </div>
        {against === 0 ? <p className="muted">{t("history.nothingBefore")}</p> : stored ? <ChangeList changes={published.changes} before={was} after={is} /> : <Other compared={compared} show={(changes) => <ChangeList changes={changes} before={was} after={is} />} />}
      </section>
      <section className="version-part">
        <h2>{t("history.affected")}</h2>
        {impact ? <Kept impact={impact} content={is} /> : <p className="muted">{t("history.notKept")}</p>}
      </section>
      <section className="version-part">
        <h2>{t("history.report")}</h2>
        <p className="muted">{t("history.reportWhat", { day: when.day(report.day) })}</p>
        <ReportView report={report} />
      </section>
      {back && <RollBack version={v} onClose={() => setBack(false)} />}
    </article>
  );
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div><dt>{label}</dt><dd>{children}</dd></div>
);

function Other({ compared, show }: { compared: UseQueryResult<Compared>; show(changes: readonly Change[]): ReactNode }) {
  if (compared.error) return <Failed error={compared.error} retry={() => void compared.refetch()} />;
  return compared.data ? show(compared.data.changes) : <Loading />;
}

interface AgainstProps {
  versions: readonly Version[];
  number: number;
  against: number;
  live: number;
  onChange(against: number): void;
}

/** Which version it is compared with: the one before it unless another is chosen. */
function Against({ versions, number, against, live, onChange }: AgainstProps) {
  const t = useT();
  const others = versions.filter((v) => v.number !== number);
  if (others.length === 0) return null;
  return (
    <div className="actions against">
      <Select label={t("history.against")} showLabel value={String(against)} onChange={(id) => onChange(Number(id))}
        choices={others.map((v) => ({ id: String(v.number), label: `${t("history.number", { number: v.number })} · ${versionTitle(t, v)}` }))} />
      {live !== number && live !== number - 1 && <Button aria-pressed={against === live} onPress={() => onChange(against === live ? number - 1 : live)}>{t("history.againstLive")}</Button>}
    </div>
  );
}
