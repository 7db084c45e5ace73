import { useState } from "react";
import type { Condition, Fact, Rule } from "../../api/types";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Picker } from "../../ui/Picker";
import { Select } from "../../ui/Select";
import { ValueEditor } from "../rules/ValueEditor";

interface EditorProps {
  rule: Rule;
  fact: Fact;
  condition: Condition | null;
  /** Gets the comparison; null empties the cell. */
  onDone(c: Condition | null): void;
  onClose(): void;
}

/** What a rule asks of one fact: how it is compared, and with what, as in its sentence. */
export function CellEditor({ rule, fact, condition, onDone, onClose }: EditorProps) {
  const t = useT();
  const [operator, setOperator] = useState(condition?.operator || fact.operators[0]?.id || "is");
  const done = (values: string[]) => onDone({ fact: fact.name, operator, values });
  const now: Condition = { fact: fact.name, operator, values: operator === condition?.operator ? (condition.values ?? []) : [] };
  const yesNo = operator === "known" || fact.type === "bool";
  return (
    <Dialog title={t("table.edit", { fact: fact.label, rule: rule.title || rule.id })} open onClose={onClose}>
      <div className="cell-editor">
        <Select label={t("table.comparison")} showLabel value={operator} choices={fact.operators.map((o) => ({ id: o.id, label: o.label }))} onChange={setOperator} />
        {yesNo ? (
          <Picker plain label={fact.label} chosen={now.values ?? []} emptyText={t("state.nothingFound")} items={[{ id: "true", label: t("fact.yes") }, { id: "false", label: t("fact.no") }]} onPick={([id]) => id && done([id])} />
        ) : (
          <ValueEditor key={operator} fact={fact} condition={now} onDone={done} />
        )}
        <div className="actions">
          {condition && <Button onPress={() => onDone(null)}>{t("table.empty")}</Button>}
          <Button kind="quiet" onPress={onClose}>{t("action.cancel")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
