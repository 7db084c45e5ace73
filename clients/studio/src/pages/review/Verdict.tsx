import { useState, type ReactNode } from "react";
import { useFlow, type Refusal } from "../../api/flow";
import { useMe } from "../../api/hooks";
import type { Draft } from "../../api/types";
import { useCapacity } from "../../flow/People";
import { useT } from "../../i18n";
import { Select } from "../../ui/Select";
import { useToasts } from "../../ui/Toasts";
import { may } from "../../flow/states";
import { Ask } from "../../flow/Ask";
import { reasons } from "./reasons";

interface VerdictProps {
  draft: Draft;
  approves: boolean;
  refused(why: Refusal): ReactNode;
  onClose(): void;
}

/** Approves exactly the content that was read, or sends it back with a reason. */
export function Verdict({ draft, approves, refused, onClose }: VerdictProps) {
  const t = useT();
  const capacity = useCapacity();
  const { act, publish } = useFlow();
  const { show } = useToasts();
  const mine = useMe().data?.capacities ?? [];
  // Nobody speaks in a capacity they do not have.
  const can = (as: string) => as !== "" && (mine.includes("*") || mine.includes(as));
  const named = [...new Set(draft.required.map((r) => r.as))].filter(can);
  const [as, setAs] = useState(() => draft.missing.find((r) => can(r.as))?.as ?? "");
  const [publishToo, setPublishToo] = useState(false);
  // With this approval nobody's is missing.
  const last = approves && draft.missing.reduce((n, r) => n + r.count, 0) <= 1 && draft.baseVersion === draft.liveVersion && !draft.publishWhenApproved;
  const confirm = async (text: string) => {
    const after = await act(approves ? "approve" : "reject", draft, { as, text });
    if (publishToo && after.state === "APPROVED" && may(after, "publish")) {
      const version = await publish(after, text);
      show({ text: t("publish.done", { version: version.number }) });
    } else if (after.state === "PUBLISHED") show({ text: t("publish.done", { version: after.version }) });
    else if (after.failure) show({ text: t("do.failed", { reason: t(`why.${reasons.has(after.failure) ? after.failure : "other"}`) }), tone: "bad" });
    else show({ text: t(!approves ? "verdict.rejected" : after.state === "SCHEDULED" ? "verdict.scheduled" : "verdict.approved") });
  };
  return (
    <Ask title={t(approves ? "do.approve" : "do.reject")} confirm={t(approves ? (publishToo ? "verdict.approveAndPublish" : "do.approve") : "do.reject")}
      note={approves ? "optional" : "required"} noteLabel={t(approves ? "verdict.note" : "verdict.reason")} refused={refused} onClose={onClose} onConfirm={confirm}>
      <p>{t(approves ? "verdict.what" : "verdict.back")}</p>
      {named.length > 0 && (
        <Select label={t("verdict.as")} showLabel value={as} onChange={setAs} choices={["", ...named].map((id) => ({ id, label: capacity(id) }))} />
      )}
      {last && (
        <label className="check"><input type="checkbox" checked={publishToo} onChange={(e) => setPublishToo(e.target.checked)} /> {t("verdict.publishToo")}</label>
      )}
    </Ask>
  );
}
