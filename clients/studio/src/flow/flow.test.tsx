import { describe, expect, test } from "vitest";
import type { Review } from "../api/types";
import { matrix, tally } from "./outcome";
import { seats } from "./People";

const review = (by: string, as: string, over: Partial<Review> = {}): Review => ({ by, as, at: "2026-11-22T10:00:00Z", etag: "", approves: true, text: "", void: false, ...over });

describe("seats", () => {
  test("are taken by those who approved in the capacity", () => {
    const found = seats([{ as: "", count: 1 }, { as: "clinical", count: 1 }, { as: "legal", count: 1 }], [review("ada", "clinical"), review("ben", "")]);
    expect(found.map((s) => [s.as, s.by?.by])).toEqual([["clinical", "ada"], ["legal", undefined], ["", "ben"]]);
  });

  test("one approval takes one place, and anyone may take an open one", () => {
    expect(seats([{ as: "", count: 2 }], [review("ada", "legal")]).map((s) => s.by?.by)).toEqual(["ada", undefined]);
    expect(seats([{ as: "", count: 1 }, { as: "legal", count: 1 }], [review("ada", "legal")]).map((s) => s.by?.by)).toEqual(["ada", undefined]);
  });

  test("void verdicts and those that sent back take none", () => {
    expect(seats([{ as: "", count: 1 }], [review("ada", "", { void: true }), review("ben", "", { approves: false })])[0]!.by).toBeUndefined();
  });
});

const shifts = [
  { before: "patient/provider", after: "consumer/nobody", topic: "sleep", day: "2026-11-21", count: 7 },
  { before: "patient/provider", after: "consumer/insurer", topic: "sleep", day: "2026-11-22", count: 2 },
  { before: "patient/nobody", after: "consumer/nobody", topic: "care_program", day: "2026-11-22", count: 6 },
];

describe("matrix", () => {
  test("adds up all topics and days, rows and columns with most first", () => {
    const m = matrix(shifts);
    expect(m.from).toEqual(["patient/provider", "patient/nobody"]);
    expect(m.to).toEqual(["consumer/nobody", "consumer/insurer"]);
    expect(m.count("patient/provider", "consumer/nobody")).toBe(7);
    expect(m.count("patient/nobody", "consumer/insurer")).toBe(0);
    expect(m.total).toBe(15);
  });
  test("is of one topic or day if asked", () => {
    expect(matrix(shifts, "sleep").total).toBe(9);
    expect(matrix(shifts, "", "2026-11-22").total).toBe(8);
    expect(matrix(shifts, "sleep", "2026-11-22").from).toEqual(["patient/provider"]);
    expect(matrix([], "sleep").from).toEqual([]);
  });
});

test("tallies are by topic with the most first, and by day in order", () => {
  expect(tally(shifts, "topic")).toEqual([{ id: "sleep", count: 9 }, { id: "care_program", count: 6 }]);
  expect(tally(shifts, "day").map((d) => d.id)).toEqual(["2026-11-21", "2026-11-22"]);
});
