import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Fact } from "../../api/types";
import { Languages, Words } from "../../i18n";
import en from "../../i18n/rules.en.json";
import es from "../../i18n/rules.es.json";
import { leaf } from "./operations";
import { ValueEditor } from "./ValueEditor";

afterEach(cleanup);

const hours = {
  name: "hours_since", type: "int", label: "time since", description: "since leaving", unit: "hours", min: "0", max: "8784", values: [],
  operators: [{ id: "at_most", label: "at most", minValues: 1, maxValues: 1 }, { id: "between", label: "between", minValues: 2, maxValues: 2 }],
} as unknown as Fact;

function edit(operator: string, values: string[], fact = hours) {
  const done = vi.fn();
  render(<Languages initial="en"><Words en={en} es={es}><ValueEditor fact={fact} condition={leaf(fact.name, operator, values)} onDone={done} /></Words></Languages>);
  return done;
}

const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const enter = () => fireEvent.submit(screen.getByText("OK").closest("form")!);

test("hours show as days, and go back as content spells them", () => {
  const done = edit("at_most", ["720"]);
  expect(screen.getByLabelText<HTMLInputElement>("time since").value).toBe("30");
  type("time since", "7");
  enter();
  expect(done).toHaveBeenCalledWith(["7 days"]);
});

test.each([["", "Type a number."], ["1.5", "Type a whole number."], ["-3", "That is less than 0"], ["9999", "That is more than 8784"]])("%s is not taken: %s", (value, why) => {
  const done = edit("at_most", ["720"]);
  type("time since", value);
  enter();
  expect(done).not.toHaveBeenCalled();
  expect(screen.getByRole("alert").textContent).toContain(why);
  expect(screen.getByLabelText("time since").getAttribute("aria-invalid")).toBe("true");
});

test("a range has the smaller number first", () => {
  const done = edit("between", ["24", "48"]);
  type("At least", "9");
  enter();
  expect(screen.getByRole("alert").textContent).toContain("smaller");
  type("At most", "10");
  enter();
  expect(done).toHaveBeenCalledWith(["9 days", "10 days"]);
});
