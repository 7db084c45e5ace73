import { Button as AriaButton } from "react-aria-components";
import type { Content, Fact, ScenarioAnswer } from "../../api/types";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Popover } from "../../ui/Dialog";
import { Picker } from "../../ui/Picker";
import { Select } from "../../ui/Select";
import { adviceTitle } from "../try/Answer";

interface ExpectProps {
  answer: ScenarioAnswer;
  facts: readonly Fact[];
  content: Content;
  onChange(a: ScenarioAnswer): void;
}

const any = "any";

/** What one answer should be, by choices. */
export function Expect({ answer, facts, content, onChange }: ExpectProps) {
  const t = useT();
  const values = (name: string) => [{ id: any, label: t("scenarios.any") }, ...(facts.find((f) => f.name === name)?.values ?? [])];
  const safety = answer.sender === "safety";
  const advice = content.advice.filter((a) => (safety ? a.sender === "safety" : a.sender !== "safety" && a.sender !== "nobody"));
  const chosen = safety ? (answer.notice ? [answer.notice] : []) : answer.advice;
  const words = !safety && !answer.adviceCounts ? t("scenarios.any") : chosen.length > 0 ? chosen.map((id) => adviceTitle(content, id)).join(", ") : t("scenarios.noAdvice");
  const setSender = (id: string) => {
    const sender = id === any ? "" : id;
    onChange({ ...answer, sender, ...(sender === "safety" ? { advice: [], adviceCounts: false } : { notice: "" }) });
  };
  return (
    <div className="expect">
      <Select showLabel label={t("scenarios.sender")} value={answer.sender || any} choices={values("sender")} onChange={setSender} />
      <Select showLabel label={t("scenarios.mindset")} value={answer.mindset || any} choices={values("mindset")} onChange={(id) => onChange({ ...answer, mindset: id === any ? "" : id })} />
      <div className="expect-advice">
        <span className="fact-label" aria-hidden="true">{t("scenarios.advice")}</span>
        <Popover label={t("scenarios.advice")} trigger={<AriaButton className="fact-value" aria-label={t("fact.change", { fact: t("scenarios.advice"), value: words })}>{words}</AriaButton>}>
          <Picker
            label={t("scenarios.advice")}
            multiple={!safety}
            emptyText={t("state.nothingFound")}
            chosen={chosen}
            items={advice.map((a) => ({ id: a.id, label: adviceTitle(content, a.id) }))}
            onPick={(ids) => (safety ? ids[0] && onChange({ ...answer, notice: ids[0] }) : onChange({ ...answer, advice: [...chosen.filter((id) => ids.includes(id)), ...ids.filter((id) => !chosen.includes(id))], adviceCounts: true }))}
          />
        </Popover>
        {!safety && answer.adviceCounts && <Button kind="quiet" onPress={() => onChange({ ...answer, advice: [], adviceCounts: false })}>{t("scenarios.any")}</Button>}
      </div>
    </div>
  );
}
