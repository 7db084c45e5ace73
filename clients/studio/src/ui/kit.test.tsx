import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { Finding, Token } from "../api/types";
import { Languages } from "../i18n";
import { Button } from "./Button";
import { FindingCard } from "./FindingCard";
import { Picker } from "./Picker";
import { DiffTokens, Tokens } from "./Tokens";

afterEach(cleanup);

const show = (node: React.ReactNode) => render(<Languages initial="en">{node}</Languages>);
const token = (text: string, kind: Token["kind"] = "PLAIN"): Token => ({ text, kind, ref: "", path: "" });

test("a sentence is the texts of its tokens, joined as they are", () => {
  const { container } = show(<Tokens tokens={[token("If "), token("the topic", "FACT"), token(" is care.")]} />);
  expect(container.textContent).toBe("If the topic is care.");
});

test("a change is told in words too, not by colour alone", () => {
  const { container } = show(<DiffTokens before={[token("at most "), token("14 days")]} after={[token("at most "), token("7 days")]} />);
  expect(container.querySelector("del")!.textContent).toBe(" removed: 14 days");
  expect(container.querySelector("ins")!.textContent).toBe(" added: 7 days");
});

test("a button without the right stays reachable, says why, and does nothing", () => {
  const press = vi.fn();
  show(<Button permission={{ action: "edit", allowed: false, whyNot: "You only read here." }} onPress={press}>Change</Button>);
  const button = screen.getByRole("button");
  fireEvent.click(button);
  expect(press).not.toHaveBeenCalled();
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(document.getElementById(button.getAttribute("aria-describedby")!)!.textContent).toBe("You only read here.");
  button.focus();
  expect(document.activeElement).toBe(button);
});

test("a finding tells a story, and one press does its first fix", () => {
  const fix = { says: "Make it 14 days.", operations: [{ do: "set_value" }] };
  const finding = { code: "guardrail-broken", id: "G05", table: "", stories: ["A member who left the ER.", "Another one."], title: "Someone could slip through", message: "G05 is broken", concerns: [], fixes: [fix], others: [], day: "", file: "", line: 1 } as unknown as Finding;
  const onFix = vi.fn();
  show(<FindingCard finding={finding} onFix={onFix} />);
  expect(screen.getByText("A member who left the ER.")).toBeTruthy();
  expect(screen.queryByText("Another one.")).toBeNull();
  fireEvent.click(screen.getByText("One more example"));
  expect(screen.getByText("Another one.")).toBeTruthy();
  fireEvent.click(screen.getByText("Make it 14 days"));
  expect(onFix).toHaveBeenCalledWith(fix);
});

test("a picker finds by other words and by parts, and is used by keyboard alone", async () => {
  const pick = vi.fn();
  const user = userEvent.setup();
  show(
    <Picker
      label="Find"
      emptyText="None"
      onPick={pick}
      items={[
        { id: "er", label: "time since the hospital", words: ["emergency room"] },
        { id: "sleep", label: "Sueño" },
        { id: "er\n1", label: "hospital: one day", searched: true },
      ]}
    />,
  );
  expect(screen.getAllByRole("option")).toHaveLength(2);
  await user.type(screen.getByRole("searchbox"), "emerg");
  expect(screen.getAllByRole("option").map((o) => o.textContent)).toEqual(["time since the hospital"]);
  await user.clear(screen.getByRole("searchbox"));
  await user.type(screen.getByRole("searchbox"), "sueno");
  await user.keyboard("{ArrowDown}{Enter}");
  expect(pick).toHaveBeenCalledWith(["sleep"]);
  await user.clear(screen.getByRole("searchbox"));
  await user.type(screen.getByRole("searchbox"), "day");
  expect(screen.getAllByRole("option").map((o) => o.textContent)).toEqual(["hospital: one day"]);
  await user.type(screen.getByRole("searchbox"), "xyz");
  expect(screen.getByText("None")).toBeTruthy();
});
