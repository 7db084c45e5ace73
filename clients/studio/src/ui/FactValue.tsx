import { useMemo, useState } from "react";
import { Autocomplete, Button as AriaButton, Input, ListBox, ListBoxItem, SearchField, type Selection } from "react-aria-components";
import type { Known } from "../api/person";
import type { Fact } from "../api/types";
import { useT } from "../i18n";
import { Popover } from "./Dialog";
import { matches } from "./search";
import "./fact.css";

const unknown = "\u0000unknown";
const none = "\u0000none";

/** The value of a fact in words. */
export function factWords(f: Fact, v: Known, t: (id: string) => string): string {
  if (v === null) return t("fact.unknown");
  if (typeof v === "boolean") return t(v ? "fact.yes" : "fact.no");
  if (Array.isArray(v)) return v.length === 0 ? t("fact.none") : v.map((id) => word(f, id)).join(", ");
  if (typeof v === "number") return f.unit ? `${v} ${f.unit}` : String(v);
  return word(f, v as string);
}

const word = (f: Fact, id: string): string => f.values.find((x) => x.id === id)?.label ?? id;

interface FactValueProps {
  fact: Fact;
  value: Known;
  onChange(v: Known): void;
  /** Open from the start, as after the fact was just chosen. */
  initiallyOpen?: boolean;
}

/** The value of a fact as a button that opens what it may be. */
export function FactValue({ fact, value, onChange, initiallyOpen = false }: FactValueProps) {
  const t = useT();
  const [open, setOpen] = useState(initiallyOpen);
  const set = (v: Known, stay = false) => {
    onChange(v);
    if (!stay) setOpen(false);
  };
  const words = factWords(fact, value, t);
  return (
    <Popover
      label={fact.label}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <AriaButton className="fact-value" data-unknown={value === null || undefined} aria-label={t("fact.change", { fact: fact.label, value: words })}>
          {words}
        </AriaButton>
      }
    >
      <FactEditor fact={fact} value={value} onChange={set} />
    </Popover>
  );
}

interface EditorProps {
  fact: Fact;
  value: Known;
  /** Of sets, `stay` says that more may be chosen. */
  onChange(v: Known, stay?: boolean): void;
}

/** What a fact may be, by its type. "Not known" is always a choice. */
export function FactEditor({ fact, value, onChange }: EditorProps) {
  return fact.type === "int" || fact.type === "decimal" ? <NumberEditor fact={fact} value={value} onChange={onChange} /> : <WordEditor fact={fact} value={value} onChange={onChange} />;
}

/** More values than this are searched. */
const fewValues = 8;

function WordEditor({ fact, value, onChange }: EditorProps) {
  const t = useT();
  const [query, setQuery] = useState("");
  const many = fact.type === "set";
  const items = useMemo(() => {
    const own = fact.type === "bool" ? [{ id: "true", label: t("fact.yes") }, { id: "false", label: t("fact.no") }] : fact.values;
    return [...own, ...(many ? [{ id: none, label: t("fact.none") }] : []), { id: unknown, label: t("fact.unknown") }];
  }, [fact, many, t]);
  const chosen = value === null ? [unknown] : Array.isArray(value) ? (value.length ? value : [none]) : [String(value)];
  const pick = (selection: Selection) => {
    const ids = selection === "all" ? items.map((i) => i.id) : [...selection].map(String);
    const fresh = ids.find((id) => !chosen.includes(id));
    if (fresh === unknown) return onChange(null);
    if (fresh === none) return onChange([]);
    const words = items.map((i) => i.id).filter((id) => ids.includes(id) && id !== unknown && id !== none);
    if (many) return onChange(words, true);
    if (words[0] !== undefined) onChange(fact.type === "bool" ? words[0] === "true" : words[0]);
  };
  const searched = items.length > fewValues;
  const list = (
    <ListBox
      aria-label={fact.label}
      className="listbox"
      selectionMode={many ? "multiple" : "single"}
      selectedKeys={chosen}
      onSelectionChange={pick}
      disallowEmptySelection={!many}
      escapeKeyBehavior="none"
      autoFocus={searched ? undefined : "first"}
      shouldFocusWrap
      renderEmptyState={() => <p className="muted">{t("state.nothingFound")}</p>}
    >
      {items.filter((i) => matches(query, [i.label])).map((i) => (
        <ListBoxItem key={i.id} id={i.id} textValue={i.label} className="option"><span>{i.label}</span></ListBoxItem>
      ))}
    </ListBox>
  );
  if (!searched) return list;
  return (
    <div className="picker">
      <Autocomplete inputValue={query} onInputChange={setQuery}>
        <SearchField aria-label={fact.label} autoFocus className="picker-search"><Input role="combobox" aria-expanded="true" placeholder={fact.label} /></SearchField>
        {list}
      </Autocomplete>
    </div>
  );
}

function NumberEditor({ fact, value, onChange }: { fact: Fact; value: Known; onChange(v: Known): void }) {
  const t = useT();
  const [text, setText] = useState(typeof value === "number" ? String(value) : "");
  const n = Number(text.replace(",", "."));
  const whole = fact.type === "int";
  const wrong = text.trim() === "" || !Number.isFinite(n) || (whole && !Number.isInteger(n)) || (fact.min !== "" && n < Number(fact.min)) || (fact.max !== "" && n > Number(fact.max));
  const submit = () => {
    if (!wrong) onChange(n);
  };
  return (
    <form
      className="fact-number"
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <label>
        <span>{fact.label}</span>
        <span className="number-row">
          <input autoFocus inputMode="decimal" value={text} aria-invalid={(wrong && text !== "") || undefined} onChange={(e) => setText(e.target.value)} />
          {fact.unit && <span className="muted">{fact.unit}</span>}
        </span>
      </label>
      {fact.min !== "" && fact.max !== "" && <small className="muted">{t("fact.range", { min: fact.min, max: fact.max })}</small>}
      <div className="actions">
        <button type="submit" className="button" data-kind="primary" aria-disabled={wrong || undefined}>{t("action.ok")}</button>
        <button type="button" className="button" data-kind="plain" onClick={() => onChange(null)}>{t("fact.unknown")}</button>
      </div>
    </form>
  );
}
