import { adviceTitle } from "../try/Answer";
import type { Content, Fact, ScenarioAnswer } from "../../api/types";
import type { Say } from "../../i18n";

/** One answer in a few words: "patient · the provider · After the ER". */
export function answerWords(a: ScenarioAnswer, facts: readonly Fact[], content: Content | undefined, t: Say): string {
  const label = (name: string, id: string) => facts.find((f) => f.name === name)?.values.find((v) => v.id === id)?.label ?? id;
  const parts = [
    a.mindset && label("mindset", a.mindset),
    a.sender && label("sender", a.sender),
    a.notice && adviceTitle(content, a.notice),
    a.adviceCounts && a.sender !== "safety" && (a.advice.length > 0 ? a.advice.map((id) => adviceTitle(content, id)).join(", ") : a.sender === "nobody" ? "" : t("scenarios.noAdvice")),
    a.heldCounts && a.held.length > 0 && t("scenarios.held", { what: a.held.map((h) => adviceTitle(content, h.id)).join(", ") }),
  ];
  return parts.filter(Boolean).join(" · ");
}

export const answersWords = (all: readonly ScenarioAnswer[], facts: readonly Fact[], content: Content | undefined, t: Say): string =>
  all.map((a) => answerWords(a, facts, content, t)).join(" / ") || t("scenarios.noAnswer");
