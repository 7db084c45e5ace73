import { useState } from "react";
import { Link } from "wouter";
import { useAudit } from "../../api/flow";
import { useAllDrafts } from "../../api/flow";
import { useMe } from "../../api/hooks";
import type { AuditEntry } from "../../api/types";
import { useT } from "../../i18n";
import { Button, may } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Chip, Empty, Failed, Loading, PageHead } from "../../ui/parts";
import { useWhen } from "../../ui/when";

const actions = new Set(["create", "edit", "restore", "rebase", "submit", "withdraw", "approve", "reject", "comment", "publish", "schedule", "cancel", "roll_back", "seed", "settings"]);

/** Who did what, and what was refused, for those who may see it. */
export function Audit() {
  const t = useT();
  const me = useMe().data;
  const permission = may(me?.permissions, "audit");
  const [pages, setPages] = useState([""]);
  const audit = useAudit(pages.at(-1)!, permission?.allowed === true);
  if (permission && !permission.allowed) return <Empty icon="lock" title={t("audit.closed")}>{permission.whyNot}</Empty>;
  if (audit.isPending) return <Loading />;
  if (!audit.data) return <Failed error={audit.error} retry={() => void audit.refetch()} />;
  const { entries, nextPageToken } = audit.data;
  return (
    <>
      <p className="crumb"><Link href="/history">{t("nav.history")}</Link></p>
      <PageHead title={t("history.audit")} actions={<Button onPress={() => window.print()}>{t("history.print")}</Button>}>{t("audit.about")}</PageHead>
      <AuditTable entries={entries} />
      <div className="actions audit-pages">
        <Button why={pages.length === 1 && t("audit.newest")} onPress={() => setPages(pages.slice(0, -1))}>{t("audit.newer")}</Button>
        <Button why={!nextPageToken && t("audit.oldest")} onPress={() => setPages([...pages, nextPageToken])}>{t("audit.older")}</Button>
      </div>
    </>
  );
}

function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const t = useT();
  const when = useWhen();
  const drafts = useAllDrafts().data ?? [];
  const title = (id: string) => drafts.find((d) => d.draftId === id)?.title || t("draft.noTitle");
  const what = (e: AuditEntry) => (actions.has(e.action) ? t("audit.action", { action: e.action }) : e.action.split("/").at(-1)!);
  return (
    <div className="scroll" role="region" aria-label={t("history.audit")} tabIndex={0}>
      <table className="audit">
        <thead>
          <tr><th scope="col">{t("audit.number")}</th><th scope="col">{t("audit.when")}</th><th scope="col">{t("audit.who")}</th><th scope="col">{t("audit.what")}</th><th scope="col">{t("audit.which")}</th></tr>
        </thead>
        <tbody>
          {entries.map((e) => (
            <tr key={e.number} data-refused={e.refused ? true : undefined}>
              <td>{e.number}</td>
              <td><time dateTime={e.at}>{when.moment(e.at)}</time></td>
              <td>{e.by}</td>
              <td>{what(e)} {e.refused && <Chip tone="bad" icon="close">{t("audit.refused")}</Chip>}</td>
              <td>
                {e.draftId ? <Link href={`/review/${e.draftId}`}>{title(e.draftId)}</Link> : ""}
                {e.version > 0 && <> <Link href={`/history/${e.version}`}><Icon name="history" size={14} /> {t("history.number", { number: e.version })}</Link></>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
