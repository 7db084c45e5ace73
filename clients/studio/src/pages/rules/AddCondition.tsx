import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useState } from "react";
import type { Condition, Fact } from "../../api/types";
import { Icon } from "../../ui/Icon";
import "../../ui/widgets.css";
import { FactPicker } from "./FactPicker";
import { ComesBack } from "./kept";

interface AddProps {
  label: string;
  /** What it is called where the label alone would not do. */
  name?: string;
  small?: boolean;
  /** Its place among the words of the rule. */
  place: string;
  facts: readonly Fact[];
  onAdd(condition: Condition): void;
}

/** A button that finds a fact and adds a condition about it. */
export function AddCondition({ label, name, small, place, facts, onAdd }: AddProps) {
  const [open, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <AriaButton className={small ? "add-small" : "button add"} data-kind="quiet" data-ref={place} aria-label={name}>
        <Icon name="plus" size={16} /> {label}
      </AriaButton>
      <Popover className="popover" placement="bottom start">
        <Dialog className="popover-dialog" aria-label={name ?? label}>
          <ComesBack />
          <FactPicker
            facts={facts}
            onPick={(c) => {
              setOpen(false);
              onAdd(c);
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
