import { useState } from "react";
import { useLanguage, useT } from "../../i18n";
import { Select } from "../../ui/Select";
import { momentAt, useWhen, wallClock, zoneName, zones } from "../../ui/when";

export interface Moment {
  at: Date | undefined;
  zone: string;
  date: string;
  time: string;
  set(change: { zone?: string; date?: string; time?: string }): void;
  /** Why it is no time to wait for; empty if it is. */
  wrong: string;
}

/** A date and time somewhere, from tomorrow morning on. */
export function useMoment(): Moment {
  const t = useT();
  const [zone, setZone] = useState(zones()[0]!);
  const [date, setDate] = useState(() => wallClock(new Date(Date.now() + 86_400_000), zone).date);
  const [time, setTime] = useState("08:00");
  const at = momentAt(date, time, zone) ?? undefined;
  return {
    at, zone, date, time,
    set: (c) => {
      if (c.zone !== undefined) setZone(c.zone);
      if (c.date !== undefined) setDate(c.date);
      if (c.time !== undefined) setTime(c.time);
    },
    wrong: !at ? t("publish.noDate") : at.getTime() <= Date.now() ? t("publish.past") : "",
  };
}

/** The fields of a moment, and what it means in words. */
export function MomentFields({ moment: { at, zone, date, time, set } }: { moment: Moment }) {
  const t = useT();
  const { tag } = useLanguage();
  const when = useWhen();
  return (
    <div className="moment">
      <label>{t("publish.date")}<input type="date" value={date} min={wallClock(new Date(), zone).date} onChange={(e) => set({ date: e.target.value })} required /></label>
      <label>{t("publish.time")}<input type="time" value={time} onChange={(e) => set({ time: e.target.value })} required /></label>
      <Select label={t("publish.zone")} showLabel value={zone} onChange={(id) => set({ zone: id })} choices={zones().map((id) => ({ id, label: zoneName(id, tag, at) }))} />
      {at && <p className="muted" role="status">{t("publish.means", { at: when.exact(at, zone), distance: when.distance(at) })}</p>}
    </div>
  );
}
