import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from "react-aria-components";
import { Icon } from "./Icon";
import "./widgets.css";

export interface Choice {
  id: string;
  label: string;
}

interface SelectProps {
  label: string;
  /** Shows the label beside the choice; otherwise it is only read aloud. */
  showLabel?: boolean;
  choices: readonly Choice[];
  value: string;
  onChange(id: string): void;
}

/** One of a few choices. For more than about ten use Picker, which can be searched. */
export function Select({ label, showLabel, choices, value, onChange }: SelectProps) {
  return (
    <AriaSelect className="select" selectedKey={value} onSelectionChange={(id) => onChange(String(id))} aria-label={showLabel ? undefined : label}>
      {showLabel && <Label>{label}</Label>}
      <Button className="button" data-kind="select">
        <SelectValue />
        <Icon name="chevron" size={16} />
      </Button>
      <Popover className="popover">
        <ListBox className="listbox">
          {choices.map((c) => (
            <ListBoxItem key={c.id} id={c.id} textValue={c.label} className="option">
              {c.label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
