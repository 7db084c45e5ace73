import { Autocomplete, Header, Input, ListBox, ListBoxItem, ListBoxSection, SearchField, type Selection } from "react-aria-components";
import { useMemo, useState } from "react";
import { ranked } from "./search";
import "./widgets.css";

export interface PickerItem {
  id: string;
  label: string;
  /** A second, quieter line. */
  note?: string;
  /** Other words it is found by. */
  words?: readonly string[];
  /** The heading it stands under. */
  group?: string;
  /** Shown only while something is searched for. */
  searched?: boolean;
}

function grouped(items: readonly PickerItem[]): Map<string, PickerItem[]> {
  const groups = new Map<string, PickerItem[]>();
  for (const item of items) groups.set(item.group ?? "", [...(groups.get(item.group ?? "") ?? []), item]);
  return groups;
}

interface PickerProps {
  label: string;
  items: readonly PickerItem[];
  /** The chosen ids. */
  chosen?: readonly string[];
  /** Several can be chosen; each press adds or takes away. */
  multiple?: boolean;
  /** A few choices, with nothing to search. */
  plain?: boolean;
  onPick(ids: string[]): void;
  emptyText: string;
}

/** A list that is narrowed by typing. Put it into a Popover; it takes the focus. */
export function Picker({ label, items, chosen = [], multiple, plain, onPick, emptyText }: PickerProps) {
  const [query, setQuery] = useState("");
  const found = useMemo(() => ranked(query, query.trim() === "" ? items.filter((i) => !i.searched) : items, (i) => i), [items, query]);
  const groups = useMemo(() => grouped(found), [found]);
  const pick = (selection: Selection) => {
    const ids = selection === "all" ? items.map((i) => i.id) : [...selection].map(String);
    onPick(multiple ? items.map((i) => i.id).filter((id) => ids.includes(id)) : ids);
  };
  const option = (i: PickerItem) => (
    <ListBoxItem key={i.id} id={i.id} textValue={i.label} className="option">
      <span>{i.label}{i.note && <small>{i.note}</small>}</span>
    </ListBoxItem>
  );
  const list = (
    <ListBox
      aria-label={label}
      className="listbox"
      selectionMode={multiple ? "multiple" : "single"}
      selectedKeys={chosen}
      escapeKeyBehavior="none" // it closes what the list stands in, and takes nothing away
      onSelectionChange={pick}
      disallowEmptySelection={!multiple}
      autoFocus={plain ? "first" : undefined}
      shouldFocusWrap
      renderEmptyState={() => <p className="muted">{emptyText}</p>}
    >
      {[...groups].map(([group, members]) =>
        group ? (
          <ListBoxSection key={group}>
            <Header>{group}</Header>
            {members.map(option)}
          </ListBoxSection>
        ) : (
          members.map(option)
        ),
      )}
    </ListBox>
  );
  if (plain) return list;
  return (
    <div className="picker">
      <Autocomplete inputValue={query} onInputChange={setQuery}>
        <SearchField aria-label={label} autoFocus className="picker-search">
          <Input placeholder={label} />
        </SearchField>
        {list}
      </Autocomplete>
    </div>
  );
}
