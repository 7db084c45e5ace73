import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { canBeTold, withFact, type Person } from "../../api/person";
import type { Content, Fact } from "../../api/types";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Popover } from "../../ui/Dialog";
import { FactValue } from "../../ui/FactValue";
import { Icon } from "../../ui/Icon";
import { Picker } from "../../ui/Picker";
import { Select } from "../../ui/Select";

interface Props {
  person: Person;
  facts: readonly Fact[];
  content: Content | undefined;
  onChange(p: Person): void;
}

/** What is known about a person: only what is set, in groups. */
export function Facts({ person, facts, content, onChange }: Props) {
  const t = useT();
  const [fresh, setFresh] = useState("");
  const set = facts.filter((f) => canBeTold(f) && f.name in person.facts);
  const groups = [...new Set(set.map((f) => f.group))];
  return (
    <div className="facts">
      <Question person={person} content={content} onChange={onChange} />
      {groups.map((g) => (
        <section key={g} className="fact-group" aria-label={t(`try.group.${g}`)}>
          <h3>{t(`try.group.${g}`)}</h3>
          <ul>
            {set.filter((f) => f.group === g).map((f) => (
              <li key={f.name}>
                <span className="fact-label">{f.label}</span>
                <FactValue fact={f} value={person.facts[f.name] ?? null} initiallyOpen={fresh === f.name} onChange={(v) => { setFresh(""); onChange(withFact(person, f.name, v)); }} />
                <Button kind="icon" label={t("try.removeFact", { fact: f.label })} onPress={() => onChange(withFact(person, f.name, undefined))}><Icon name="close" size={16} /></Button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {(person.diagnoses?.length ?? 0) > 0 && <p className="muted">{t("try.diagnoses", { count: person.diagnoses!.length })} <Button kind="quiet" onPress={() => onChange({ ...person, diagnoses: [] })}>{t("try.forget")}</Button></p>}
      <AddFact facts={facts.filter((f) => canBeTold(f) && !(f.name in person.facts))} onAdd={(name) => {
        setFresh(name);
        onChange(withFact(person, name, null));
      }} />
    </div>
  );
}

/** Topic, words, side and moment. */
function Question({ person, content, onChange }: Omit<Props, "facts">) {
  const t = useT();
  return (
    <div className="question">
      <div className="question-row"><span className="fact-label" aria-hidden="true">{t("try.topic")}</span><TopicPicker person={person} content={content} onChange={onChange} /></div>
      <label className="question-text">
        <span>{t("try.message")}</span>
        <textarea rows={2} maxLength={2000} value={person.text} placeholder={t("try.messageHint")} onChange={(e) => onChange({ ...person, text: e.target.value })} />
      </label>
      <div className="question-row">
        <span className="fact-label" aria-hidden="true">{t("try.asker")}</span>
        <Select label={t("try.asker")} value={person.asker} choices={(["integrated", "insurer", "provider"] as const).map((id) => ({ id, label: t(`try.side.${id}`) }))} onChange={(id) => onChange({ ...person, asker: id as Person["asker"] })} />
      </div>
      <Moment person={person} onChange={onChange} />
    </div>
  );
}

const local = (at: string): string => {
  const d = new Date(at);
  return new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

function Moment({ person, onChange }: Pick<Props, "person" | "onChange">) {
  const t = useT();
  return (
    <div className="question-row">
      <span className="fact-label" aria-hidden="true">{t("try.at")}</span>
      <span className="moment">
        <input type="datetime-local" aria-label={t("try.at")} value={person.at ? local(person.at) : ""} onChange={(e) => onChange({ ...person, at: e.target.value ? new Date(e.target.value).toISOString() : "" })} />
        {person.at ? <Button kind="quiet" onPress={() => onChange({ ...person, at: "" })}>{t("try.now")}</Button> : <span className="muted">{t("try.isNow")}</span>}
      </span>
    </div>
  );
}

function TopicPicker({ person, content, onChange }: Omit<Props, "facts">) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const none = "";
  const chosen = content?.topics.find((x) => x.id === person.topic);
  const words = chosen?.label ?? (person.topic || t("try.noTopic"));
  return (
    <Popover label={t("try.topic")} open={open} onOpenChange={setOpen} trigger={<AriaButton className="fact-value" data-unknown={!person.topic || undefined} aria-label={t("fact.change", { fact: t("try.topic"), value: words })}>{words}</AriaButton>}>
      <Picker
        label={t("try.topic")}
        chosen={[person.topic || "none"]}
        emptyText={t("state.nothingFound")}
        items={[{ id: "none", label: t("try.noTopic") }, ...(content?.topics ?? []).map((x) => ({ id: x.id, label: x.label }))]}
        onPick={([id]) => {
          setOpen(false);
          if (id) onChange({ ...person, topic: id === "none" ? none : id });
        }}
      />
    </Popover>
  );
}

/** A list of the facts that are not set, found by name, value or another word. */
export function AddFact({ facts, onAdd }: { facts: readonly Fact[]; onAdd(name: string): void }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <Popover label={t("try.addFact")} open={open} onOpenChange={setOpen} trigger={<AriaButton className="button add" data-kind="quiet"><Icon name="plus" size={16} /> {t("try.addFact")}</AriaButton>}>
      <Picker
        label={t("try.findFact")}
        emptyText={t("state.nothingFound")}
        items={facts.map((f) => ({ id: f.name, label: f.label, words: [...f.synonyms, ...f.values.map((v) => v.label)], group: t(`try.group.${f.group}`) }))}
        onPick={([name]) => {
          setOpen(false);
          if (name) onAdd(name);
        }}
      />
    </Popover>
  );
}
