import { useMemo, useState } from "react";
import type { Condition, Fact } from "../../api/types";
import { useT } from "../../i18n";
import { Picker, type PickerItem } from "../../ui/Picker";
import { leaf } from "./operations";
import { firstValues } from "./values";
import { ValueEditor } from "./ValueEditor";

interface FactPickerProps {
  facts: readonly Fact[];
  chosen?: string;
  onPick(condition: Condition): void;
}

/**
 * Finds a fact by its name, its synonyms, or one of its values: "gym" offers
 * "benefits: gym pass" as a whole condition.
 */
export function FactPicker({ facts, chosen = "", onPick }: FactPickerProps) {
  const t = useT();
  const [open, setOpen] = useState<Fact | null>(null);
  const items = useMemo(() => factItems(facts, (group) => t(`rules.group.${group}`)), [facts, t]);
  if (open) return <ValueEditor fact={open} condition={leaf(open.name, open.operators[0]?.id ?? "is", [])} onDone={(values) => onPick(leaf(open.name, open.operators[0]!.id, values))} />;
  return (
    <Picker
      label={t("rules.pick.fact")}
      items={items}
      chosen={chosen ? [chosen] : []}
      emptyText={t("rules.noFact")}
      onPick={([id]) => {
        const [name, value] = (id ?? "").split("\n");
        const fact = facts.find((f) => f.name === name);
        const operator = fact?.operators[0];
        if (!fact || !operator) return;
        const values = value !== undefined ? [value] : firstValues(fact, operator);
        if (values) onPick(leaf(fact.name, operator.id, values));
        else setOpen(fact);
      }}
    />
  );
}

/** Facts, and their values as conditions of their own, which show only when they are searched for. */
export function factItems(facts: readonly Fact[], group: (id: string) => string): PickerItem[] {
  return facts.flatMap((f) => [
    { id: f.name, label: f.label, note: f.description, words: f.synonyms, group: group(f.group) },
    ...f.values.map((v) => ({ id: `${f.name}\n${v.id}`, label: `${f.label}: ${v.label}`, words: f.synonyms, group: group(f.group), searched: true })),
  ]);
}
