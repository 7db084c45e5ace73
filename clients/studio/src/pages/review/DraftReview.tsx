import { useState } from "react";
import { useLocation } from "wouter";
import { useChangedScenarios, useImpact, useVersion } from "../../api/flow";
import { useCompare, useContent, useDraftById, useDrafts, useMe, useReport, useVersions } from "../../api/hooks";
import type { ContentRef, Draft, Version } from "../../api/types";
import { Approvals } from "../../flow/People";
import { ended, stateTone } from "../../flow/states";
import { useT } from "../../i18n";
import { Chip, Failed, Loading, PageHead } from "../../ui/parts";
import { Select } from "../../ui/Select";
import { Tabs } from "../../ui/Tabs";
import { useWhen } from "../../ui/when";
import { Actions } from "./Actions";
import { Affected, Kept } from "./Affected";
import { Guards } from "./Guards";
import { Headline } from "./Headline";
import { Talk } from "./Talk";
import { WhatChanged } from "./WhatChanged";

/** One draft: what it changes, whom it affects, what is proved, who must approve. */
export function DraftReview({ id }: { id: string }) {
  const draft = useDraftById(id);
  const versions = useVersions();
  if (draft.isPending || versions.isPending) return <Loading />;
  if (!draft.data || !versions.data) return <Failed error={draft.error ?? versions.error} retry={() => { void draft.refetch(); void versions.refetch(); }} />;
  return <Loaded draft={draft.data} versions={versions.data} />;
}

const tabs = ["changed", "affected", "guards", "talk"] as const;
type TabName = (typeof tabs)[number];

function Loaded({ draft, versions }: { draft: Draft; versions: readonly Version[] }) {
  const t = useT();
  const me = useMe().data?.name ?? "";
  const [, go] = useLocation();
  const others = useDrafts().data ?? [];
  const live = draft.liveVersion;
  // A draft that is in force is read against the version that it changed.
  const published = ended(draft) && draft.version > 0;
  const [before, setBefore] = useState(0);
  const beforeNumber = before || (published ? draft.version - 1 : live);
  const beforeRef: ContentRef = { version: beforeNumber };
  const afterRef: ContentRef = { draftId: draft.draftId };
  // What was kept when it was published is shown as it was kept.
  const version = useVersion(draft.version, published).data;
  const kept = before === 0 && version?.impact ? version : undefined;
  const compare = !published || (version !== undefined && !kept);
  const compared = useCompare(beforeRef, afterRef, { etag: draft.etag, enabled: beforeNumber > 0 && compare });
  const was = useContent(beforeRef, beforeNumber > 0).data;
  const is = useContent(afterRef).data;
  const report = useReport(published ? "" : draft.draftId, draft.etag);
  const passed = version?.report ?? report.data;
  const standard = beforeNumber === live && !published;
  const impact = useImpact(standard ? draft.draftId : "", draft.etag, live);
  const scenarios = useChangedScenarios(compare ? draft.draftId : "", draft.etag, beforeNumber);
  const regions = useCompare(beforeRef, afterRef, { etag: draft.etag, regions: true, enabled: !standard && beforeNumber > 0 && compare });
  const [tab, setTab] = useState<TabName>(() => tabs.find((x) => location.hash === `#${x}`) ?? "changed");
  const choose = (next: string) => {
    history.replaceState(history.state, "", `#${next}`);
    setTab(next as TabName);
  };
  const findings = passed ? passed.findings.length + passed.failedCases.length : 0;
  return (
    <div className="review">
      <PageHead
        title={<>{draft.title || t("draft.noTitle")} <Chip tone={stateTone[draft.state]}>{t(`state.${draft.state}`)}</Chip></>}
        actions={<Sides draft={draft} drafts={others} versions={versions} before={beforeNumber} onBefore={setBefore} onAfter={(to) => go(`/review/${to}`)} />}
      >
        {t("review.authors", { authors: draft.authors.join(", ") })} · {t("review.from", { version: draft.baseVersion })}
      </PageHead>
      <div className="deciding">
        <Approvals draft={draft} me={me} />
        <Actions draft={draft} me={me} report={report.data} checking={report.isFetching} checkFailed={report.error} onShow={choose} />
      </div>
      <Headline report={passed} checking={report.isFetching} impact={impact} scenarios={scenarios} standard={standard} kept={kept?.impact} onShow={choose} />
      <Tabs
        label={t("review.parts")}
        chosen={tab}
        onChoose={choose}
        tabs={[
          { id: "changed", label: <>{t("review.changed")} <Count n={(kept ?? compared.data)?.changes.length} /></>, content: <WhatChanged draft={draft} compared={compared} kept={kept?.changes} before={was} after={is} /> },
          { id: "affected", label: t("review.affected"), content: kept?.impact ? <Kept impact={kept.impact} content={is} /> : <Affected draft={draft} impact={impact} standard={standard} regions={regions} content={is} /> },
          { id: "guards", label: <>{t("review.guards")} {findings > 0 && <Chip tone="warn">{findings}</Chip>}</>, content: <Guards draft={draft} report={report} kept={version?.report} /> },
          { id: "talk", label: <>{t("review.talk")} <Count n={draft.comments.length + draft.reviews.length} /></>, content: <Talk draft={draft} /> },
        ]}
      />
    </div>
  );
}

const Count = ({ n }: { n: number | undefined }) => (n ? <span className="count">{n}</span> : null);

interface SidesProps {
  draft: Draft;
  drafts: readonly Draft[];
  versions: readonly Version[];
  before: number;
  onBefore(version: number): void;
  onAfter(draftId: string): void;
}

/** Which two contents are compared. Both are named. */
function Sides({ draft, drafts, versions, before, onBefore, onAfter }: SidesProps) {
  const t = useT();
  const when = useWhen();
  const name = (v: Version) => t(v.live ? "review.liveSince" : "review.version", { number: v.number, day: when.day(v.at) });
  const after = drafts.some((d) => d.draftId === draft.draftId) ? drafts : [draft, ...drafts];
  return (
    <div className="sides">
      <Select label={t("review.before")} showLabel value={String(before)} onChange={(id) => onBefore(Number(id))} choices={versions.map((v) => ({ id: String(v.number), label: name(v) }))} />
      <span aria-hidden="true">↔</span>
      <Select label={t("review.after")} showLabel value={draft.draftId} onChange={onAfter} choices={after.map((d) => ({ id: d.draftId, label: d.title || t("draft.noTitle") }))} />
    </div>
  );
}
