import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { errorKey, serverWords } from "../../api/errors";
import { useFlow } from "../../api/flow";
import { keys, tenant, useDrafts, useMe, useVersions } from "../../api/hooks";
import { useInsights } from "../../api/insights";
import { api } from "../../api/session";
import type { Draft, Report, Version } from "../../api/types";
import { useLanguage, useT } from "../../i18n";
import { Button, may } from "../../ui/Button";
import { Icon, type IconName } from "../../ui/Icon";
import { Chip, Failed, Loading, PageHead } from "../../ui/parts";
import { useToasts } from "../../ui/Toasts";
import { useWhen } from "../../ui/when";
import { waitingFor, type Waiting, type Why } from "./waiting";

const welcomeKey = "rightvoice.welcomed";
const proved = 5;

/** What waits for the reader first, then what happened lately. */
export function Home() {
  const t = useT();
  const me = useMe().data;
  const drafts = useDrafts();
  const versions = useVersions();
  const reports = useReports(me?.name ?? "", drafts.data ?? []);
  if (drafts.isPending || versions.isPending || !me) return <Loading />;
  if (!drafts.data || !versions.data) return <Failed error={drafts.error ?? versions.error} retry={() => { void drafts.refetch(); void versions.refetch(); }} />;
  const waiting = waitingFor(me.name, drafts.data, reports);
  const isNew = !drafts.data.some((d) => d.authors.includes(me.name)) && !versions.data.some((v) => v.authors.includes(me.name));
  return (
    <>
      <PageHead title={t("home.title", { name: me.name })}>{t("home.waitingCount", { count: waiting.length })}</PageHead>
      {isNew && <Welcome />}
      <section className="group">
        <h2>{t("home.waiting")}</h2>
        {waiting.length === 0 ? <p className="notice" data-tone="good"><Icon name="check" /> {t("home.nothing")}</p> : (
          <ul className="rows">{waiting.map((w) => <li key={w.draft.draftId}><Row waiting={w} /></li>)}</ul>
        )}
      </section>
      <Gaps />
      <Recent versions={versions.data} />
    </>
  );
}

/** What speaks against the reader's own open drafts, as they are now. */
function useReports(me: string, drafts: readonly Draft[]): ReadonlyMap<string, Report> {
  const { tag } = useLanguage();
  const mine = drafts.filter((d) => d.state === "DRAFT" && d.authors.includes(me)).slice(0, proved);
  const answers = useQueries({
    queries: mine.map((d) => ({
      queryKey: keys.report(d.draftId, d.etag, tag),
      queryFn: ({ signal }: { signal: AbortSignal }) => api().call("post", "/v1/drafts/{draft_id}:check", { path: { draft_id: d.draftId }, body: { ...tenant(), language: tag }, signal, timeoutMs: 60_000 }),
      staleTime: Infinity,
      retry: false,
    })),
  });
  return new Map(answers.flatMap((a) => (a.data ? [[a.data.digest, a.data] as const] : [])));
}

const icons: Record<Why, IconName> = { review: "review", failed: "warning", rejected: "undo", fix: "warning", behind: "history", publish: "check", scheduled: "history", ready: "check" };
const tabs: Partial<Record<Why, string>> = { fix: "#guards", rejected: "#talk" };

function Row({ waiting: { why, draft, count } }: { waiting: Waiting }) {
  const t = useT();
  const when = useWhen();
  return (
    <div className="item" data-why={why}>
      <Icon name={icons[why]} />
      <span className="row-main">
        <strong>{draft.title || t("draft.noTitle")}</strong>
        <small className="muted">{t(`wait.${why}`, { count, by: draft.authors.join(", "), at: draft.publishAt ? when.exact(draft.publishAt) : "" })}</small>
      </span>
      {why === "scheduled" && <Cancel draft={draft} />}
      <Link className="button" data-kind={why === "review" ? "primary" : "plain"} href={`/review/${draft.draftId}${tabs[why] ?? ""}`} aria-label={`${t(`wait.do.${why}`)}: ${draft.title || t("draft.noTitle")}`}>{t(`wait.do.${why}`)}</Link>
    </div>
  );
}

function Cancel({ draft }: { draft: Draft }) {
  const t = useT();
  const { act } = useFlow();
  const { show } = useToasts();
  const cancel = async () => {
    try {
      await act("cancel", draft, {});
      show({ text: t("home.cancelled") });
    } catch (error) {
      show({ text: serverWords(error) || t(`error.${errorKey(error)}`), tone: "bad" });
    }
  };
  return <Button permission={may(draft.permissions, "cancel")} aria-label={`${t("home.cancel")}: ${draft.title}`} onPress={() => void cancel()}>{t("home.cancel")}</Button>;
}

const gapsShown = 3;

/** Topics that members ask about and that get no advice. */
function Gaps() {
  const t = useT();
  const gaps = useInsights("", "").data?.gaps ?? [];
  if (gaps.length === 0) return null;
  return (
    <section className="group">
      <h2>{t("home.gaps")}</h2>
      <ul className="rows">
        {gaps.slice(0, gapsShown).map((g) => (
          <li key={g.topic} className="item">
            <Icon name="insights" />
            <span className="row-main"><strong>{g.label}</strong><small className="muted">{t("home.gap", { count: g.count, asked: g.asked })}</small></span>
            <Link className="button" href="/insights#gaps" aria-label={`${t("home.seeGap")}: ${g.label}`}>{t("home.seeGap")}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

const recentShown = 5;

function Recent({ versions }: { versions: readonly Version[] }) {
  const t = useT();
  const when = useWhen();
  return (
    <section className="group">
      <h2>{t("home.recent")}</h2>
      <ul className="rows">
        {versions.slice(0, recentShown).map((v) => (
          <li key={v.number}>
            <Link className="item" href={`/history/${v.number}`}>
              <span className="row-main">
                <strong>{v.restores > 0 ? t("home.restored", { number: v.restores }) : v.title || t("home.version", { number: v.number })}</strong>
                <small className="muted">{t("home.published", { number: v.number, by: v.by, when: when.distance(v.at) })}</small>
              </span>
              {v.live && <Chip tone="good" icon="check">{t("home.live")}</Chip>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** First words for somebody who never changed anything here. */
function Welcome() {
  const t = useT();
  const [gone, setGone] = useState(() => localStorage.getItem(welcomeKey) === "yes");
  if (gone) return null;
  const hide = () => {
    localStorage.setItem(welcomeKey, "yes");
    setGone(true);
  };
  return (
    <section className="card welcome" aria-labelledby="welcome">
      <h2 id="welcome">{t("welcome.title")}</h2>
      <p>{t("welcome.what")}</p>
      <ol>
        {["find", "change", "ask"].map((step) => <li key={step}>{t(`welcome.${step}`)}</li>)}
      </ol>
      <div className="actions">
        <Link className="button" data-kind="primary" href="/rules">{t("welcome.rules")}</Link>
        <Link className="button" href="/try">{t("welcome.try")}</Link>
        <Button kind="quiet" onPress={hide}>{t("welcome.hide")}</Button>
      </div>
    </section>
  );
}
