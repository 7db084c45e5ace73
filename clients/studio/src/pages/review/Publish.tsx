import { useId, useState, type ReactNode } from "react";
import { useFlow, type Refusal } from "../../api/flow";
import type { Draft } from "../../api/types";
import { useDraft } from "../../draft";
import { useT } from "../../i18n";
import { may } from "../../ui/Button";
import { useToasts } from "../../ui/Toasts";
import { useWhen } from "../../ui/when";
import { Ask } from "../../flow/Ask";
import { MomentFields, useMoment } from "./Moment";

interface PublishProps {
  draft: Draft;
  refused(why: Refusal): ReactNode;
  onClose(): void;
}

/** Brings an approved draft into force, now or at a date and time somewhere. */
export function Publish({ draft, refused, onClose }: PublishProps) {
  const t = useT();
  const when = useWhen();
  const { act, publish } = useFlow();
  const { show } = useToasts();
  const working = useDraft();
  const name = useId();
  const [later, setLater] = useState(false);
  const moment = useMoment();
  const wrong = later ? moment.wrong || forbidden(draft, "schedule") : forbidden(draft, "publish");
  const confirm = async (note: string) => {
    if (later) {
      await act("schedule", draft, { at: moment.at!.toISOString(), note });
      show({ text: t("schedule.done", { at: when.exact(moment.at!, moment.zone) }) });
      return;
    }
    const version = await publish(draft, note);
    if (working.draft?.draftId === draft.draftId) await working.open(null);
    show({ text: t("publish.done", { version: version.number }) });
  };
  return (
    <Ask title={t("publish.title")} confirm={t(later ? "publish.schedule" : "publish.now")} note="optional" noteLabel={t("publish.note")} why={wrong} refused={refused} onClose={onClose} onConfirm={confirm}>
      <fieldset className="choices">
        <legend className="sr-only">{t("publish.when")}</legend>
        <label><input type="radio" name={name} checked={!later} onChange={() => setLater(false)} /> {t("publish.atOnce")}</label>
        <label><input type="radio" name={name} checked={later} onChange={() => setLater(true)} /> {t("publish.later")}</label>
      </fieldset>
      {later && <MomentFields moment={moment} />}
    </Ask>
  );
}

const forbidden = (draft: Draft, action: string): string => {
  const permission = may(draft.permissions, action);
  return permission && !permission.allowed ? permission.whyNot : "";
};
