import { useMemo, useState } from "react";
import { Autocomplete, Input, ListBox, ListBoxItem, ListBoxSection, Header, SearchField } from "react-aria-components";
import { personOf } from "../../api/person";
import type { Content, Fact } from "../../api/types";
import { useT } from "../../i18n";
import { matches } from "../../ui/search";
import { tryAs, usePeople, useTrial } from "./store";

interface Item {
  id: string;
  label: string;
  note: string;
  group: string;
}

/** Takes a person from the scenarios, or from those kept in this browser. */
export function usePick(content: Content | undefined, facts: readonly Fact[]) {
  const people = usePeople();
  return (id: string) => {
    const kept = people.find((p) => `kept:${p.name}` === id);
    if (kept) return tryAs(kept, id);
    const s = content?.scenarios.find((x) => x.id === id);
    if (s?.request) tryAs({ ...personOf(s.request, facts, s.about, s.at), language: s.request.language || "" }, id);
  };
}

export function usePeopleItems(content: Content | undefined): Item[] {
  const t = useT();
  const people = usePeople();
  return useMemo(() => {
    const topics = new Map(content?.topics.map((x) => [x.id, x.label]));
    const kept = people.map((p) => ({ id: `kept:${p.name}`, label: p.name, note: topics.get(p.topic) ?? "", group: t("try.kept") }));
    const scenarios = (content?.scenarios ?? []).map((s) => ({ id: s.id, label: s.about, note: topics.get(s.request?.topic ?? "") ?? "", group: t("try.scenarios") }));
    return [...kept, ...scenarios];
  }, [people, content, t]);
}

/** Everyone who can be tried, narrowed by typing. One press answers. */
export function People({ content, facts }: { content: Content | undefined; facts: readonly Fact[] }) {
  const t = useT();
  const { chosen } = useTrial();
  const pick = usePick(content, facts);
  const items = usePeopleItems(content);
  const [query, setQuery] = useState("");
  const found = useMemo(() => items.filter((i) => matches(query, [i.label, i.note])), [items, query]);
  const groups = [...new Set(found.map((i) => i.group))];
  return (
    <div className="people">
      <Autocomplete inputValue={query} onInputChange={setQuery}>
        <SearchField aria-label={t("try.findPerson")} className="people-search"><Input role="combobox" aria-expanded="true" placeholder={t("try.findPerson")} /></SearchField>
        <ListBox aria-label={t("try.people")} className="listbox people-list" selectionMode="single" selectedKeys={chosen ? [chosen] : []} escapeKeyBehavior="none" onSelectionChange={(k) => k !== "all" && [...k].forEach((id) => pick(String(id)))} renderEmptyState={() => <p className="muted nobody">{t("state.nothingFound")}</p>}>
          {groups.map((g) => (
            <ListBoxSection key={g}>
              <Header>{g}</Header>
              {found.filter((i) => i.group === g).map((i) => (
                <ListBoxItem key={i.id} id={i.id} textValue={i.label} className="option"><span>{i.label}{i.note && <small>{i.note}</small>}</span></ListBoxItem>
              ))}
            </ListBoxSection>
          ))}
        </ListBox>
      </Autocomplete>
    </div>
  );
}
