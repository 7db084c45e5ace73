import { useId, useState, type ReactNode } from "react";
import { useFlow, type Refusal } from "../../api/flow";
import type { Draft } from "../../api/types";
import { useDraft } from "../../draft";
import { useLanguage, useT } from "../../i18n";
import { may } from "../../ui/Button";
import { Select } from "../../ui/Select";
import { useToasts } from "../../ui/Toasts";
import { momentAt, useWhen, wallClock, zoneName, zones } from "../../ui/when";
import { Ask } from "../../flow/Ask";

interface PublishProps {
  draft: Draft;
  refused(why: Refusal): ReactNode;
  onClose(): void;
}

/** Brings an approved draft into force, now or at a date and time somewhere. */
export function Publish({ draft, refused, onClose }: PublishProps) {
  const t = useT();
  const { tag } = useLanguage();
  const when = useWhen();
  const { act, publish } = useFlow();
  const { show } = useToasts();
  const working = useDraft();
  const name = useId();
  const [zone, setZone] = useState(zones()[0]!);
  const [later, setLater] = useState(false);
  const [date, setDate] = useState(() => wallClock(new Date(Date.now() + 86_400_000), zone).date);
  const [time, setTime] = useState("08:00");
  const at = momentAt(date, time, zone);
  const wrong = later ? (!at ? t("publish.noDate") : at.getTime() <= Date.now() && t("publish.past")) || forbidden(draft, "schedule") : forbidden(draft, "publish");
  const confirm = async (note: string) => {
    if (later) {
      await act("schedule", draft, { at: at!.toISOString(), note });
      show({ text: t("schedule.done", { at: when.exact(at!, zone) }) });
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
      {later && (
        <div className="moment">
          <label>{t("publish.date")}<input type="date" value={date} min={wallClock(new Date(), zone).date} onChange={(e) => setDate(e.target.value)} required /></label>
          <label>{t("publish.time")}<input type="time" value={time} onChange={(e) => setTime(e.target.value)} required /></label>
          <Select label={t("publish.zone")} showLabel value={zone} onChange={setZone} choices={zones().map((id) => ({ id, label: zoneName(id, tag, at) }))} />
          {at && <p className="muted" role="status">{t("publish.means", { at: when.exact(at, zone), distance: when.distance(at) })}</p>}
        </div>
      )}
    </Ask>
  );
}

const forbidden = (draft: Draft, action: string): string => {
  const permission = may(draft.permissions, action);
  return permission && !permission.allowed ? permission.whyNot : "";
};
