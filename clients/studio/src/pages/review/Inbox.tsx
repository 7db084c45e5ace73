import { useState } from "react";
import { Link } from "wouter";
import { useAllDrafts } from "../../api/flow";
import { useMe } from "../../api/hooks";
import type { Draft } from "../../api/types";
import { ended, may, stateTone } from "../../flow/states";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Chip, Empty, Failed, Loading, PageHead } from "../../ui/parts";
import { useWhen } from "../../ui/when";

const groups = ["yours", "mine", "others", "done"] as const;

/** Under which heading a draft stands for somebody. */
export function groupOf(draft: Draft, me: string): (typeof groups)[number] {
  if (ended(draft)) return "done";
  if (draft.state === "IN_REVIEW" && may(draft, "approve")) return "yours";
  return draft.authors.includes(me) ? "mine" : "others";
}

/** Every draft on its way, those that wait for the reader first. */
export function Inbox() {
  const t = useT();
  const drafts = useAllDrafts();
  const me = useMe().data?.name ?? "";
  const [done, setDone] = useState(false);
  if (drafts.isPending) return <Loading />;
  if (!drafts.data) return <Failed error={drafts.error} retry={() => void drafts.refetch()} />;
  const of = (group: string) => drafts.data.filter((d) => groupOf(d, me) === group);
  const open = groups.slice(0, 3).filter((g) => of(g).length > 0);
  return (
    <>
      <PageHead title={t("nav.review")}>{t("review.about")}</PageHead>
      {open.length === 0 && (
        <Empty icon="review" title={t("review.none")} action={<Link className="button" data-kind="primary" href="/rules">{t("review.toRules")}</Link>}>
          {t("review.noneWhy")}
        </Empty>
      )}
      {open.map((g) => <Group key={g} title={t(`review.group.${g}`)} drafts={of(g)} />)}
      {of("done").length > 0 && (
        <Button kind="quiet" aria-expanded={done} onPress={() => setDone(!done)}>{t(done ? "review.hideDone" : "review.showDone", { count: of("done").length })}</Button>
      )}
      {done && <Group title={t("review.group.done")} drafts={of("done")} />}
    </>
  );
}

function Group({ title, drafts }: { title: string; drafts: readonly Draft[] }) {
  const t = useT();
  const when = useWhen();
  return (
    <section className="group">
      <h2>{title}</h2>
      <ul className="rows">
        {drafts.map((d) => (
          <li key={d.draftId}>
            <Link href={`/review/${d.draftId}`} className="item">
              <span className="row-main">
                <strong>{d.title || t("draft.noTitle")}</strong>
                <small className="muted">{t("review.by", { authors: d.authors.join(", "), when: when.distance(d.updatedAt) })}</small>
              </span>
              {d.failure && <Chip tone="bad" icon="warning">{t("review.notPublished")}</Chip>}
              {d.baseVersion !== d.liveVersion && !ended(d) && <Chip tone="warn">{t("review.behind")}</Chip>}
              <Chip tone={stateTone[d.state]}>{t(`state.${d.state}`)}{d.state === "SCHEDULED" && d.publishAt && ` · ${when.moment(d.publishAt)}`}</Chip>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
