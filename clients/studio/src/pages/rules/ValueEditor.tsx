import { useId, useState } from "react";
import type { Condition, Fact } from "../../api/types";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Picker } from "../../ui/Picker";
import { amount, isNumber, spelled, units, wrong, type Amount } from "./values";

interface ValueProps {
  fact: Fact;
  condition: Condition;
  /** Gets the constants. */
  onDone(values: string[]): void;
}

/** Edits the constants of a condition by the kind of its fact. */
export function ValueEditor(props: ValueProps) {
  return isNumber(props.fact) ? <Numbers {...props} /> : <Words {...props} />;
}

function Numbers({ fact, condition, onDone }: ValueProps) {
  const t = useT();
  const id = useId();
  const operator = fact.operators.find((o) => o.id === condition.operator);
  const count = Math.max(operator?.minValues ?? 1, condition.values?.length ?? 0, 1);
  const [all, setAll] = useState<Amount[]>(() => Array.from({ length: count }, (_, i) => amount(condition.values?.[i] ?? "", fact)));
  const [tried, setTried] = useState(false);
  const faults = all.map((a) => wrong(a, fact));
  const upside = all.length === 2 && Number(spelledNumber(all[0]!)) > Number(spelledNumber(all[1]!));
  const fault = faults.find(Boolean) || (upside ? "order" : "");
  const set = (i: number, change: Partial<Amount>) => setAll(all.map((a, j) => (j === i || (change.unit && j > i) ? { ...a, ...change } : a)));
  const limits = { min: fact.min, max: fact.max, unit: fact.unit };
  return (
    <form
      className="number-editor"
      onSubmit={(e) => {
        e.preventDefault();
        setTried(true);
        if (!fault) onDone(all.map(spelled));
      }}
    >
      {all.map((a, i) => (
        <span key={i} className="amount">
          {i > 0 && <span className="muted">{t("rules.and")}</span>}
          <input
            aria-label={count > 1 ? t(i === 0 ? "rules.least" : "rules.most") : fact.label}
            aria-invalid={(tried && faults[i] !== "") || undefined}
            aria-describedby={id}
            inputMode="decimal"
            autoFocus={i === 0}
            onFocus={(e) => e.target.select()}
            value={a.number}
            onChange={(e) => set(i, { number: e.target.value.replace(",", ".") })}
          />
          {units(fact).length > 0 ? (
            <select aria-label={t("rules.unit")} value={a.unit} onChange={(e) => set(i, { unit: e.target.value })}>
              {units(fact).map((u) => <option key={u} value={u}>{t(`rules.unit.${u}`)}</option>)}
            </select>
          ) : (
            fact.unit && <span className="muted">{t(`rules.unit.${unitKey(fact.unit)}`)}</span>
          )}
        </span>
      ))}
      <Button kind="primary" submit>{t("action.ok")}</Button>
      <p id={id} className={tried && fault ? "bad" : "muted"} role={tried && fault ? "alert" : undefined}>
        {tried && fault ? t(`rules.wrong.${fault}`, limits) : fact.description}
      </p>
    </form>
  );
}

const spelledNumber = (a: Amount) => Number(a.number) * ({ weeks: 168, days: 24 }[a.unit] ?? 1);
const known = new Set(["hours", "days", "weeks", "years", "usd", "percent", "mmHg"]);
const unitKey = (unit: string) => (known.has(unit) ? unit : "other");

function Words({ fact, condition, onDone }: ValueProps) {
  const t = useT();
  const operator = fact.operators.find((o) => o.id === condition.operator);
  const many = (operator?.maxValues ?? 1) > 1;
  const [chosen, setChosen] = useState<string[]>(condition.values ?? []);
  const items = fact.values.map((v) => ({ id: v.id, label: v.label }));
  if (!many)
    // One value; choosing a second one needs the comparison that takes several.
    return <Picker label={fact.label} items={items} chosen={chosen} emptyText={t("state.nothingFound")} onPick={(ids) => ids.length > 0 && onDone(ids)} />;
  return (
    <div>
      <Picker label={fact.label} items={items} chosen={chosen} multiple emptyText={t("state.nothingFound")} onPick={setChosen} />
      <div className="picker-foot">
        <span className="muted" role="status">{t("rules.chosen", { count: chosen.length })}</span>
        <Button kind="primary" why={chosen.length === 0 && t("rules.chooseOne")} onPress={() => onDone(chosen)}>{t("action.ok")}</Button>
      </div>
    </div>
  );
}
