import { describe, expect, test } from "vitest";
import { momentAt, wallClock, words, zoneName, zones } from "./when";

const at = (date: string, time: string, zone: string) => momentAt(date, time, zone)?.toISOString();

describe("momentAt", () => {
  test("is the moment at which the clocks of the zone show it", () => {
    expect(at("2026-12-01", "08:00", "America/New_York")).toBe("2026-12-01T13:00:00.000Z");
    expect(at("2026-07-01", "08:00", "America/New_York")).toBe("2026-07-01T12:00:00.000Z");
    expect(at("2026-12-01", "08:00", "UTC")).toBe("2026-12-01T08:00:00.000Z");
    expect(at("2026-12-01", "23:30", "Pacific/Honolulu")).toBe("2026-12-02T09:30:00.000Z");
    expect(at("2026-07-01", "08:00", "America/Phoenix")).toBe("2026-07-01T15:00:00.000Z");
  });

  test("reads a time that is skipped in spring as if the clocks had not gone yet", () => {
    expect(at("2026-03-08", "02:30", "America/New_York")).toBe("2026-03-08T07:30:00.000Z");
    expect(at("2026-03-08", "03:00", "America/New_York")).toBe("2026-03-08T07:00:00.000Z");
  });

  test("reads a time that comes twice in autumn as the first", () => {
    expect(at("2026-11-01", "01:30", "America/New_York")).toBe("2026-11-01T05:30:00.000Z");
    expect(at("2026-11-01", "02:00", "America/New_York")).toBe("2026-11-01T07:00:00.000Z");
  });

  test("is nothing for what is no date", () => {
    expect(momentAt("", "08:00", "UTC")).toBeUndefined();
    expect(momentAt("2026-12-01", "", "UTC")).toBeUndefined();
  });

  test.each(zones("Asia/Kolkata"))("goes back and forth in %s", (zone) => {
    for (let hour = 0; hour < 400; hour += 7) {
      const moment = new Date(Date.UTC(2026, 1, 20, hour * 11));
      const { date, time } = wallClock(moment, zone);
      const back = momentAt(date, time, zone)!;
      expect(wallClock(back, zone)).toEqual({ date, time });
      expect(Math.abs(back.getTime() - moment.getTime())).toBeLessThanOrEqual(3_600_000);
    }
  });
});

test("zones are the reader's own first and each once", () => {
  expect(zones("America/Denver")[0]).toBe("America/Denver");
  expect(new Set(zones("UTC")).size).toBe(zones("UTC").length);
  expect(zoneName("UTC", "en")).toBe("UTC");
  expect(zoneName("America/New_York", "en", new Date("2026-12-01T12:00:00Z"))).toBe("New York (EST)");
});

describe("words", () => {
  const en = words("en", () => new Date("2026-11-22T12:00:00Z"));
  test("tell how far away a moment is", () => {
    expect(en.distance("2026-12-01T12:00:00Z")).toBe("in 9 days");
    expect(en.distance("2026-11-22T09:00:00Z")).toBe("3 hours ago");
    expect(en.distance("2026-11-22T11:59:50Z")).toBe("this minute");
  });
  test("leave out the present year only", () => {
    expect(en.day("2026-11-12")).toBe("Nov 12");
    expect(en.day("2025-11-12")).toBe("Nov 12, 2025");
  });
  test("name a month without a day", () => {
    expect(en.month("2026-11-01")).toBe("November 2026");
    expect(words("es").month("2026-11-01")).toBe("noviembre de 2026");
  });
  test("name the zone of an exact moment", () => {
    expect(en.exact("2026-12-01T13:00:00Z", "America/New_York")).toContain("8:00");
    expect(en.exact("2026-12-01T13:00:00Z", "America/New_York")).toContain("EST");
  });
  test("write shares with one decimal at most", () => {
    expect(en.share(0.01696)).toBe("1.7%");
    expect(words("es").share(0.5)).toMatch(/50\s?%/);
  });
});
