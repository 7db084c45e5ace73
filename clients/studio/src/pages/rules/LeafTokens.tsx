import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import type { Condition, Fact } from "../../api/types";
import { useT } from "../../i18n";
import { Picker } from "../../ui/Picker";
import "../../ui/widgets.css";
import type { GroupProps } from "./Conditions";
import { FactPicker } from "./FactPicker";
import { ComesBack, placeRef } from "./kept";
import { leaf as leafOf } from "./operations";
import type { Leaf, Piece } from "./tree";
import { ValueEditor } from "./ValueEditor";
import { withOperator } from "./values";
import "../../ui/tokens.css";

interface LeafProps extends GroupProps {
  leaf: Leaf;
  onRemove(): void;
}

/** The words of one condition: plain ones, and buttons for what can be changed. */
export function LeafTokens({ leaf, facts, all, why, ops, send, onRemove }: LeafProps) {
  const fact = all.find((f) => f.name === leaf.condition.fact);
  const change = (c: Condition) => send(ops.set(leaf.path, c));
  // A limit among several of one fact has a place of its own only in words.
  const fixed = why || (fact ? "" : "unknown");
  return (
    <span className="leaf-words">
      {leaf.pieces.map((piece, i, pieces) =>
        piece.kind === "plain" || !piece.text.trim() ? (
          <span key={i}>{piece.text}</span>
        ) : (
          <TokenButton key={partOf(pieces, i)} place={placeRef(leaf.path, partOf(pieces, i))} piece={piece} off={fixed} onRemove={onRemove}>
            {(close) =>
              piece.kind === "fact" && fact?.type === "bool" ? (
                <YesNo fact={fact} condition={leaf.condition} facts={facts} onChange={(c) => { close(); change(c); }} />
              ) : piece.kind === "fact" ? (
                <FactPicker facts={facts} chosen={leaf.condition.fact ?? ""} onPick={(c) => { close(); change(c); }} />
              ) : piece.kind === "operator" && fact ? (
                <OperatorPicker fact={fact} condition={leaf.condition} onChange={(c) => { close(); change(c); }} />
              ) : (
                fact && <ValueEditor fact={fact} condition={leaf.condition} onDone={(values) => { close(); send(ops.setValues(leaf.path, values)); }} />
              )
            }
          </TokenButton>
        ),
      )}
    </span>
  );
}

/** The first fact, the second value: a name that stays when the words around it change. */
const partOf = (all: readonly Piece[], i: number): string => `${all[i]!.kind}${all.slice(0, i).filter((p) => p.kind === all[i]!.kind).length}`;

interface TokenProps {
  piece: Piece;
  place: string;
  off: string;
  onRemove(): void;
  children(close: () => void): ReactNode;
}

/** One button of a sentence. Delete on it takes its condition out; the picker gives the focus back to it. */
function TokenButton({ piece, place, off, onRemove, children }: TokenProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const name = t(`rules.token.${piece.kind}`, { text: piece.text.trim() });
  const keys = (e: KeyboardEvent) => {
    if (off || open || (e.key !== "Backspace" && e.key !== "Delete")) return;
    e.preventDefault();
    onRemove();
  };
  return (
    <span onKeyDown={keys}>
      <DialogTrigger isOpen={open} onOpenChange={(is) => setOpen(is && !off)}>
        <AriaButton className="token" data-ref={place} data-token={piece.kind.toUpperCase()} data-off={off || undefined} aria-label={name}>{piece.text}</AriaButton>
        <Popover className="popover" placement="bottom start">
          <Dialog className="popover-dialog" aria-label={name}>
            <ComesBack />
            {children(() => setOpen(false))}
          </Dialog>
        </Popover>
      </DialogTrigger>
    </span>
  );
}

interface ChoiceProps {
  fact: Fact;
  condition: Condition;
  onChange(c: Condition): void;
}

function OperatorPicker({ fact, condition, onChange }: ChoiceProps) {
  const t = useT();
  const [chosen, setChosen] = useState("");
  const operator = fact.operators.find((o) => o.id === chosen);
  // Some comparisons need constants that only a person can choose.
  if (operator) return <ValueEditor fact={fact} condition={leafOf(fact.name, operator.id, [])} onDone={(values) => onChange(leafOf(fact.name, operator.id, values))} />;
  return (
    <Picker
      plain
      label={t("rules.pick.operator")}
      items={fact.operators.map((o) => ({ id: o.id, label: o.label }))}
      chosen={[condition.operator ?? ""]}
      emptyText={t("state.nothingFound")}
      onPick={([id]) => {
        const next = fact.operators.find((o) => o.id === id);
        if (!next) return;
        if (next.id === "known") return onChange(leafOf(fact.name, "known", [condition.operator === "known" && condition.values?.[0] === "false" ? "true" : "false"]));
        const c = withOperator(condition, fact, next);
        if (c) onChange(c);
        else setChosen(next.id);
      }}
    />
  );
}

/** Whether a yes-or-no fact holds, does not, or is not known; or another fact in its place. */
function YesNo({ fact, condition, facts, onChange }: ChoiceProps & { facts: readonly Fact[] }) {
  const t = useT();
  const [other, setOther] = useState(false);
  if (other) return <FactPicker facts={facts} chosen={fact.name} onPick={onChange} />;
  const now = condition.operator === "known" ? (condition.values?.[0] === "false" ? "unknown" : "known") : (condition.operator === "is_not") === (condition.values?.[0] === "true") ? "no" : "yes";
  return (
    <Picker
      plain
      label={fact.label}
      chosen={[now]}
      emptyText={t("state.nothingFound")}
      items={[
        { id: "yes", label: t("rules.yes") },
        { id: "no", label: t("rules.no") },
        { id: "unknown", label: t("rules.unknown") },
        { id: "other", label: t("rules.otherFact") },
      ]}
      onPick={([id]) => {
        if (id === "other") setOther(true);
        else if (id === "unknown") onChange(leafOf(fact.name, "known", ["false"]));
        else if (id) onChange(leafOf(fact.name, "is", [id === "yes" ? "true" : "false"]));
      }}
    />
  );
}
