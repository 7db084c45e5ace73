import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { quietMs, useSettled } from "./settled";

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"], now: 10_000 }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const seen: string[] = [];
function Probe({ value }: { value: string }) {
  const settled = useSettled(value);
  seen.push(`${value} ${settled}`);
  return null;
}
const later = (ms: number) => act(() => vi.advanceTimersByTime(ms));
const last = () => seen.at(-1);

test("a change after quiet counts at once, a run of them only once it is over", () => {
  const { rerender } = render(<Probe value="a" />);
  expect(last()).toBe("a true");
  later(1_000);
  rerender(<Probe value="b" />);
  expect(last()).toBe("b true");
  later(50);
  rerender(<Probe value="c" />);
  expect(last()).toBe("c false");
  later(100);
  rerender(<Probe value="d" />);
  later(quietMs - 1);
  expect(last()).toBe("d false");
  later(1);
  expect(last()).toBe("d true");
  expect(seen).not.toContain("c true");
  rerender(<Probe value="e" />);
  expect(last()).toBe("e true");
});
