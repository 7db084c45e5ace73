import { useState } from "react";
import { Link } from "wouter";
import { useFlow } from "../../api/flow";
import { errorKey, serverWords } from "../../api/errors";
import type { Draft, Report } from "../../api/types";
import { useDraft } from "../../draft";
import { useT } from "../../i18n";
import { Button, may } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { useToasts } from "../../ui/Toasts";
import { useWhen } from "../../ui/when";
import { Ask } from "../../flow/Ask";
import { Publish } from "./Publish";
import { Rebase } from "./Rebase";
import { reasons } from "./reasons";
import { Refused } from "./Refused";
import { Submit } from "./Submit";
import { Verdict } from "./Verdict";

interface ActionsProps {
  draft: Draft;
  me: string;
  report: Report | undefined;
  checking: boolean;
  checkFailed: unknown;
  onShow(tab: string): void;
}

type Open = "submit" | "withdraw" | "approve" | "reject" | "publish" | "rebase" | "";

/** What can be done with the draft at its stage; what cannot says why. */
export function Actions({ draft, report, checking, checkFailed, onShow }: ActionsProps) {
  const t = useT();
  const [open, setOpen] = useState<Open>("");
  const { act } = useFlow();
  const { show } = useToasts();
  const close = () => setOpen("");
  const allowed = (action: string) => may(draft.permissions, action);
  const button = (action: Exclude<Open, "">, primary = false, why?: string | false) => (
    <Button key={action} kind={primary ? "primary" : "plain"} permission={allowed(action)} why={why} onPress={() => setOpen(action)}>{t(`do.${action}`)}</Button>
  );
  const next = (why: Parameters<typeof Refused>[0]["why"]) => <Refused why={why} draft={draft} onShow={(tab) => { close(); onShow(tab); }} onRebase={() => setOpen("rebase")} onSubmit={() => setOpen("submit")} />;
  const unready = notReady(t, draft, report, checking, checkFailed);
  const behind = draft.baseVersion !== draft.liveVersion && stages[draft.state] !== undefined;
  const shown = stages[draft.state] ?? [];
  return (
    <section className="doing" aria-label={t("do.region")}>
      {draft.failure && <p className="notice" data-tone="bad"><Icon name="warning" /> {t("do.failed", { reason: t(`why.${reasons.has(draft.failure.toUpperCase()) ? draft.failure.toUpperCase() : "other"}`) })}</p>}
      {behind && <p className="notice" data-tone="warn"><Icon name="warning" /> {t("do.behind", { version: draft.liveVersion })} {button("rebase")}</p>}
      {draft.state === "IN_REVIEW" && draft.publishWhenApproved && <Promised by={draft.publishWhenApproved.by} at={draft.publishWhenApproved.publishAt} />}
      {draft.state === "SCHEDULED" && <Scheduled draft={draft} />}
      <div className="actions">
        {shown.map((action, i) => button(action, i === 0, action === "submit" && unready))}
        {draft.version > 0 && <Link className="button" href={`/history/${draft.version}`}>{t("do.toVersion", { version: draft.version })}</Link>}
      </div>
      {shown.includes("submit") && unready && <p className="muted" role="status">{unready}</p>}
      {open === "submit" && <Submit draft={draft} why={unready} refused={next} onClose={close} />}
      {open === "withdraw" && (
        <Ask title={t("do.withdraw")} confirm={t("do.withdraw")} refused={next} onClose={close} onConfirm={async () => { await act("withdraw", draft, {}); show({ text: t("withdraw.done") }); }}>
          <p>{t("withdraw.what")}</p>
        </Ask>
      )}
      {(open === "approve" || open === "reject") && <Verdict draft={draft} approves={open === "approve"} refused={next} onClose={close} />}
      {open === "publish" && <Publish draft={draft} refused={next} onClose={close} />}
      {open === "rebase" && <Rebase draft={draft} onClose={close} />}
    </section>
  );
}

const stages: Partial<Record<string, Exclude<Open, "" | "rebase">[]>> = {
  DRAFT: ["submit", "withdraw"],
  REJECTED: ["submit", "withdraw"],
  WITHDRAWN: ["submit"],
  IN_REVIEW: ["approve", "reject", "withdraw"],
  APPROVED: ["publish", "approve", "reject", "withdraw"],
  SCHEDULED: ["publish", "reject", "withdraw"],
};

/** Why the draft cannot be submitted: only what was proved as it is now may be. */
function notReady(t: ReturnType<typeof useT>, draft: Draft, report: Report | undefined, checking: boolean, failed: unknown): string {
  if (checking) return t("submit.checking");
  if (!report) return failed ? serverWords(failed) || t(`error.${errorKey(failed)}`) : t("submit.checking");
  if (report.digest !== draft.etag) return t("submit.checking");
  if (!report.green) return t("submit.notGreen", { count: Math.max(1, report.findings.length + report.failedCases.length + report.problems.filter((p) => p.severity === "error").length) });
  return "";
}

/** That the last approval publishes it. */
function Promised({ by, at }: { by: string; at: string | undefined }) {
  const t = useT();
  const when = useWhen();
  return <p className="notice" data-tone="accent"><Icon name="history" /> {at ? t("do.promisedAt", { by, at: when.exact(at) }) : t("do.promised", { by })}</p>;
}

/** When it will be published, and how to keep that from happening. */
function Scheduled({ draft }: { draft: Draft }) {
  const t = useT();
  const when = useWhen();
  const { act } = useFlow();
  const { show } = useToasts();
  const { draft: working } = useDraft();
  const cancel = async () => {
    try {
      await act("cancel", draft, {});
      show({ text: t("schedule.cancelled") });
    } catch (error) {
      show({ text: serverWords(error) || t(`error.${errorKey(error)}`), tone: "bad" });
    }
  };
  return (
    <p className="notice" data-tone="accent">
      <Icon name="history" /> {t("schedule.at", { at: when.exact(draft.publishAt!), distance: when.distance(draft.publishAt!) })}
      <Button permission={may(draft.permissions, "cancel")} onPress={() => void cancel()} autoFocus={working?.draftId === draft.draftId}>{t("schedule.cancel")}</Button>
    </p>
  );
}
