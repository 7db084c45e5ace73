import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { nearest, placeRef, useKeptFocus } from "./kept";

afterEach(cleanup);

/** Words whose buttons are made anew each time they change. */
function Words({ places }: { places: readonly string[] }) {
  const { props } = useKeptFocus(places);
  return <section {...props}>{places.map((ref) => <button key={places.join() + ref} type="button" data-ref={ref}>{ref}</button>)}</section>;
}

function Page({ before, after }: { before: readonly string[]; after: readonly string[] }) {
  const [places, set] = useState(before);
  return <><Words places={places} /><button type="button" onFocus={(e) => e.target.click()} onClick={() => set(after)}>answer</button></>;
}

const answer = () => act(() => screen.getByText("answer").click());
const focused = () => (document.activeElement as HTMLElement | null)?.dataset.ref;

test.each([
  ["the same place, made anew", "0.1 value0", ["0.0 fact0", "0.1 fact0", "0.1 value0"], "0.1 value0"],
  ["another of its condition", "0.1 value0", ["0.0 fact0", "0.1 fact0", "0.1 operator0"], "0.1 fact0"],
  ["the first of the group it became", "1 split", ["0 fact0", "1.0 fact0", "1.1 fact0", "2 fact0"], "1.0 fact0"],
  ["what came into its place", "1 remove", ["0 fact0", "0 remove", "1 fact0", "1 remove"], "1 remove"],
  ["the last before it", "10 remove", ["0 fact0", "2 fact0", "9 fact0", "then outcome"], "9 fact0"],
])("the focus goes to %s", (_, at, after, want) => {
  render(<Page before={["0 fact0", at]} after={after} />);
  screen.getByText(at).focus();
  answer();
  expect(focused()).toBe(want);
});

test("whoever left is not called back", () => {
  render(<Page before={["0 fact0"]} after={["0 fact0", "1 fact0"]} />);
  screen.getByText("0 fact0").focus();
  fireEvent.blur(screen.getByText("0 fact0"));
  (document.activeElement as HTMLElement).blur();
  answer();
  expect(focused()).toBeUndefined();
});

test("a place is named by its path and its part", () => {
  const root = document.createElement("p");
  root.innerHTML = `<button data-ref="${placeRef("0.1", "value0")}"></button>`;
  expect(nearest(root, "0.1 value0")).toBe(root.firstChild);
  expect(nearest(document.createElement("p"), "0 fact0")).toBeUndefined();
});
