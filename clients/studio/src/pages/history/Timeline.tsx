import { useQueries } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import { versionQuery } from "../../api/flow";
import { useContent, useMe, useVersions } from "../../api/hooks";
import type { Version } from "../../api/types";
import { useLanguage, useT, type Say } from "../../i18n";
import { Button, may } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Icon } from "../../ui/Icon";
import { Chip, Empty, Failed, Loading, PageHead } from "../../ui/parts";
import { Picker } from "../../ui/Picker";
import { useWhen } from "../../ui/when";
import { RollBack } from "./RollBack";
import { versionTitle } from "./words";

/** Every version, the newest first; with a rule, those that changed it. */
export function Timeline({ rule }: { rule: string }) {
  const t = useT();
  const [, go] = useLocation();
  const versions = useVersions();
  const me = useMe().data;
  const { changed, waiting } = useChangers(versions.data ?? [], rule);
  const [picking, setPicking] = useState(false);
  const [back, setBack] = useState<Version>();
  if (versions.isPending) return <Loading />;
  if (!versions.data) return <Failed error={versions.error} retry={() => void versions.refetch()} />;
  const shown = rule ? versions.data.filter((v) => changed.has(v.number)) : versions.data;
  const audit = may(me?.permissions, "audit");
  return (
    <>
      <PageHead
        title={t("nav.history")}
        actions={
          <>
            <Button onPress={() => setPicking(true)}><Icon name="search" size={16} /> {t("history.filter")}</Button>
            <Button permission={audit} onPress={() => go("/history/audit")}><Icon name="lock" size={16} /> {t("history.audit")}</Button>
          </>
        }
      >
        {t("history.about")}
      </PageHead>
      {rule && <Filtered rule={rule} waiting={waiting} count={shown.length} />}
      {shown.length === 0 && !waiting && <Empty icon="history" title={t(rule ? "history.noneOfRule" : "history.none")} />}
      <ol className="timeline">
        {shown.map((v) => <Entry key={v.number} version={v} onBack={() => setBack(v)} />)}
      </ol>
      {picking && <RulePicker onClose={() => setPicking(false)} onPick={(id) => { setPicking(false); go(`/history?rule=${encodeURIComponent(id)}`); }} />}
      {back && <RollBack version={back} onClose={() => setBack(undefined)} />}
    </>
  );
}

function Entry({ version: v, onBack }: { version: Version; onBack(): void }) {
  const t = useT();
  const when = useWhen();
  const me = useMe().data;
  return (
    <li className="entry" data-live={v.live || undefined}>
      <div className="entry-main">
        <h2><Link href={`/history/${v.number}`}>{versionTitle(t, v)}</Link></h2>
        <p className="muted">
          <span className="entry-number">{t("history.number", { number: v.number })}</span>
          {v.live && <Chip tone="good" icon="check">{t("history.live")}</Chip>}
          <span><time dateTime={v.at}>{when.moment(v.at)}</time> · {t("history.by", { by: v.by })}</span>
        </p>
        {v.reviews.some((r) => r.approves && !r.void) && (
          <p className="muted approved-by"><Icon name="check" size={14} /> {t("history.approvedBy", { names: v.reviews.filter((r) => r.approves && !r.void).map((r) => (r.as ? `${r.by} (${r.as})` : r.by)).join(", ") })}</p>
        )}
        {v.summary && <p className="muted">{sums(t, when, v.summary)}</p>}
        {v.note && <p>{v.note}</p>}
      </div>
      {!v.live && <Button permission={may(me?.permissions, "roll_back")} onPress={onBack}><Icon name="undo" size={16} /> {t("history.rollBack")}</Button>}
    </li>
  );
}

/** What was worked out about a version when it was submitted, in a line. */
function sums(t: Say, when: ReturnType<typeof useWhen>, s: NonNullable<Version["summary"]>): string {
  const who = s.counted && s.recorded > 0 ? t("history.share", { share: when.share(s.changed / s.recorded), recorded: s.recorded }) : t("history.kinds", { count: s.regions });
  return [t("history.rows", { count: s.changes }), who, t("history.proved", { count: s.proved })].join(" · ");
}

/** Which versions changed a rule. Each version is asked once and then known. */
function useChangers(versions: readonly Version[], rule: string) {
  const { tag } = useLanguage();
  const answers = useQueries({ queries: versions.map((v) => ({ ...versionQuery(v.number, tag, rule !== ""), staleTime: Infinity })) });
  const found = answers.filter((a) => a.data?.changes.some((c) => `${c.list}/${c.id}` === rule)).map((a) => a.data!.version.number);
  const names = found.join();
  const changed = useMemo(() => new Set(names ? names.split(",").map(Number) : []), [names]);
  return { changed, waiting: rule !== "" && answers.some((a) => a.isPending) };
}

function Filtered({ rule, waiting, count }: { rule: string; waiting: boolean; count: number }) {
  const t = useT();
  const content = useContent({}).data;
  const [table = "", id = ""] = rule.split("/");
  const title = content?.rules.find((r) => r.table === table && r.id === id)?.title || id;
  return (
    <p className="notice" role="status">
      {waiting ? t("history.looking", { title }) : t("history.ofRule", { count, title })}
      <Link className="button" data-kind="quiet" href="/history"><Icon name="close" size={16} /> {t("history.all")}</Link>
    </p>
  );
}

function RulePicker({ onPick, onClose }: { onPick(id: string): void; onClose(): void }) {
  const t = useT();
  const content = useContent({}).data;
  const items = (content?.rules ?? []).map((r) => ({ id: `${r.table}/${r.id}`, label: r.title || t("history.defaultRow", { table: r.table }), group: t("change.list", { list: r.table }) }));
  return (
    <Dialog title={t("history.filter")} open onClose={onClose}>
      <Picker label={t("history.filterHint")} items={items} emptyText={t("state.nothingFound")} onPick={([id]) => id && onPick(id)} />
    </Dialog>
  );
}
