// Days and times in words, and moments that people name by date, time and zone.
import { useMemo } from "react";
import { useLanguage, type Tag } from "../i18n";

const locales: Record<Tag, string> = { en: "en-US", es: "es-US" };

export interface When {
  /** "Nov 12, 2026"; without the year in the present one. */
  day(at: string | Date): string;
  /** "November 2026". */
  month(at: string | Date): string;
  /** "Nov 12, 8:00 AM". */
  moment(at: string | Date): string;
  /** "Tue, Dec 1, 2026, 8:00 AM EST" in a zone. */
  exact(at: string | Date, zone?: string): string;
  /** "in 9 days", "3 hours ago". */
  distance(at: string | Date): string;
  number(n: number): string;
  /** 0.017 is "1.7%". */
  share(n: number): string;
}

/** Dates and numbers as the reader's language writes them. */
export function useWhen(): When {
  const { tag } = useLanguage();
  return useMemo(() => words(tag), [tag]);
}

export function words(tag: Tag, now: () => Date = () => new Date()): When {
  const locale = locales[tag];
  const format = (o: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, o);
  const year = (at: Date): Intl.DateTimeFormatOptions => (at.getFullYear() === now().getFullYear() ? {} : { year: "numeric" });
  const date = { month: "short", day: "numeric" } as const;
  const time = { hour: "numeric", minute: "2-digit" } as const;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const number = new Intl.NumberFormat(locale);
  const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return {
    day: (at) => format({ ...date, ...year(asDate(at)) }).format(asDate(at)),
    month: (at) => format({ month: "long", year: "numeric" }).format(asDate(at)),
    moment: (at) => format({ ...date, ...time, ...year(asDate(at)) }).format(asDate(at)),
    exact: (at, zone) => format({ weekday: "short", ...date, year: "numeric", ...time, timeZoneName: "short", timeZone: zone }).format(asDate(at)),
    distance(at) {
      const seconds = (asDate(at).getTime() - now().getTime()) / 1000;
      const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? units.at(-1)!;
      return relative.format(Math.round(seconds / size), unit);
    },
    number: (n) => number.format(n),
    share: (n) => share.format(n),
  };
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

/** A day without a time ("2026-11-22") is that day wherever the reader is. */
function asDate(at: string | Date): Date {
  return typeof at === "string" && /^\d{4}-\d\d-\d\d$/.test(at) ? new Date(`${at}T12:00:00`) : new Date(at);
}

/** The zones that plans in the United States work in, the reader's own first. */
export function zones(own = Intl.DateTimeFormat().resolvedOptions().timeZone): string[] {
  const usual = ["America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico", "UTC"];
  return [...new Set([own, ...usual])];
}

/** "America/New_York" as "New York (EST)". */
export function zoneName(zone: string, tag: Tag, at = new Date()): string {
  const short = new Intl.DateTimeFormat(locales[tag], { timeZone: zone, timeZoneName: "short" }).formatToParts(at).find((p) => p.type === "timeZoneName")?.value ?? "";
  const city = zone.split("/").at(-1)!.replaceAll("_", " ");
  return city === short ? city : `${city} (${short})`;
}

/**
 * The moment at which clocks of a zone show a date and time. A time that is
 * skipped when clocks go forward is read as if they had not yet gone; one that
 * comes twice is the first.
 */
export function momentAt(date: string, time: string, zone: string): Date | undefined {
  const wall = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(wall)) return undefined;
  const day = 86_400_000;
  const earlier = offset(wall - day, zone);
  const later = offset(wall + day, zone);
  const first = wall - earlier;
  if (offset(first, zone) === earlier) return new Date(first);
  const second = wall - later;
  return new Date(offset(second, zone) === later ? second : first);
}

/** How far the clocks of a zone are before UTC at a moment, in ms. */
function offset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" }).formatToParts(new Date(at));
  const of = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  const whole = at - (((at % 1000) + 1000) % 1000);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second")) - whole;
}

/** The date and the time that clocks of a zone show. */
export function wallClock(at: Date, zone: string): { date: string; time: string } {
  const shown = new Date(at.getTime() + offset(at.getTime(), zone)).toISOString();
  return { date: shown.slice(0, 10), time: shown.slice(11, 16) };
}
