import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { useMe } from "../../api/hooks";
import { useDraft } from "../../draft";
import { useT } from "../../i18n";
import { Button, may } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Chip, Empty, Failed, Loading, PageHead } from "../../ui/parts";
import { Select } from "../../ui/Select";
import { useEntries } from "./data";
import { editWhy, filtered, noFilters, type Entry, type Filters, type Kind } from "./entries";
import { FindingsDrawer } from "./Findings";
import { MoveDialog } from "./MoveDialog";
import { Row } from "./Row";
import { useRowActions } from "./useRowActions";
import { useShown } from "./useShown";

const kinds: readonly Kind[] = ["mindset", "sender", "advice"];

/** The rules in their order, found by any word of them. */
export default function List() {
  const t = useT();
  const { content, facts, entries, report, changed, findings } = useEntries();
  const [filters, setFilters] = useState<Filters>(noFilters);
  const query = useDeferredValue(filters.query);
  const found = useMemo(() => filtered(entries, { ...filters, query }, changed), [entries, filters, query, changed]);
  const shown = useShown(found.length, JSON.stringify({ ...filters, query }));
  const [moving, setMoving] = useState<Entry | null>(null);
  const actions = useRowActions(entries, content.data, setMoving);
  const me = useMe().data;
  const { draft } = useDraft();
  const why = editWhy(may(draft?.permissions ?? me?.permissions, "edit"));
  const list = useRef<HTMLDivElement>(null);
  useArrows(list);
  if (content.isError && !content.data) return <Failed error={content.error} retry={() => void content.refetch()} />;
  if (!content.data || !facts) return <Loading />;
  const set = (change: Partial<Filters>) => setFilters((f) => ({ ...f, ...change }));
  const narrowed = filters.query || filters.topic || filters.sender || filters.changed || filters.kind;
  return (
    <>
      <PageHead
        title={t("nav.rules")}
        actions={<Link className="button" data-kind="plain" href="/rules/text"><Icon name="text" size={16} /> {t("rules.text")}</Link>}
      >
        {t("rules.about")}
      </PageHead>
      <Search query={filters.query} onChange={(q) => set({ query: q })} first={found[0]} count={found.length} list={list} />
      <div className="filters" role="group" aria-label={t("rules.filters")}>
        {kinds.map((k) => (
          <Button key={k} kind="quiet" className="tab" aria-pressed={filters.kind === k} onPress={() => set({ kind: filters.kind === k ? "" : k })}>
            {t(`rules.kind.${k}`)} <span className="muted">{entries.filter((e) => e.kind === k).length}</span>
          </Button>
        ))}
        <span className="grow" />
        <Select label={t("rules.topic")} value={filters.topic} onChange={(topic) => set({ topic })} choices={[{ id: "", label: t("rules.anyTopic") }, ...content.data.topics]} />
        <Select label={t("rules.sender")} value={filters.sender} onChange={(sender) => set({ sender })} choices={[{ id: "", label: t("rules.anySender") }, ...(facts.find((f) => f.name === "sender")?.values ?? [])]} />
        {draft && (
          <Button kind="plain" aria-pressed={filters.changed} onPress={() => set({ changed: !filters.changed })}>
            <Icon name="pencil" size={16} /> {t("rules.changed")} <span className="muted">{changed.size}</span>
          </Button>
        )}
      </div>
      <FindingsDrawer report={report} why={why} />
      {content.data.problems.length > 0 && <Problems count={content.data.problems.length} />}
      <div ref={list}>
        {found.length === 0 && !narrowed ? null : found.length === 0 ? (
          <Empty icon="search" title={t("state.nothingFound")} action={<Button onPress={() => setFilters(noFilters)}>{t("rules.clear")}</Button>} />
        ) : (
          kinds.map((kind) => (
            <Section key={kind} kind={kind} entries={found.slice(0, shown.count).filter((e) => e.kind === kind)} sorted={!filters.query}>
              {(e) => <Row key={e.key} entry={e} changed={changed.has(e.key)} findings={findings.get(e.key) ?? 0} why={why} actions={actions} />}
            </Section>
          ))
        )}
        {shown.more && <div ref={shown.sentinel} className="sentinel" />}
      </div>
      {!narrowed && <Guardrails />}
      {moving && <MoveDialog entry={moving} entries={entries} onClose={() => setMoving(null)} onMove={actions.before} />}
    </>
  );
}

function Section({ kind, entries, children }: { kind: Kind; entries: readonly Entry[]; sorted: boolean; children(e: Entry): React.ReactNode }) {
  const t = useT();
  if (entries.length === 0) return null;
  return (
    <section className="rules-section" aria-labelledby={`kind-${kind}`}>
      <h2 id={`kind-${kind}`}>{t(`rules.kind.${kind}`)}</h2>
      <p className="muted">{t(`rules.kindAbout.${kind}`)}</p>
      <ol className="rows">{entries.map(children)}</ol>
    </section>
  );
}

interface SearchProps {
  query: string;
  onChange(query: string): void;
  first: Entry | undefined;
  count: number;
  list: React.RefObject<HTMLDivElement | null>;
}

function Search({ query, onChange, first, count, list }: SearchProps) {
  const t = useT();
  const [, go] = useLocation();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const pressed = (e: KeyboardEvent) => {
      const typing = (e.target as Element | null)?.closest("input, textarea, [contenteditable], [role=dialog]");
      if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || typing) return;
      e.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
  return (
    <div className="search" role="search">
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label={t("rules.search")}
        placeholder={t("rules.search")}
        aria-keyshortcuts="/"
        value={query}
        onChange={(e) => onChange(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === "Enter" && first) go(`/rules/${first.key}`);
          if (e.key === "Escape") onChange("");
          if (e.key === "ArrowDown") {
            e.preventDefault();
            list.current?.querySelector<HTMLElement>("a.row-link")?.focus();
          }
        }}
      />
      {query && <span className="muted" role="status">{t("rules.found", { count })}</span>}
      {!query && <kbd>/</kbd>}
    </div>
  );
}

/** Up and down go from rule to rule. */
function useArrows(list: React.RefObject<HTMLDivElement | null>) {
  const pressed = useCallback(
    (e: KeyboardEvent) => {
      if (e.altKey || e.ctrlKey || e.metaKey || (e.key !== "ArrowDown" && e.key !== "ArrowUp")) return;
      const links = [...(list.current?.querySelectorAll<HTMLElement>("a.row-link") ?? [])];
      const here = links.indexOf(document.activeElement as HTMLElement);
      const next = links[here + (e.key === "ArrowDown" ? 1 : -1)];
      if (here < 0 || !next) return;
      e.preventDefault();
      next.focus();
    },
    [list],
  );
  useEffect(() => {
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [pressed]);
}

function Problems({ count }: { count: number }) {
  const t = useT();
  return <p className="banner"><Icon name="warning" /> {t("rules.problems", { count })} <Link href="/rules/text">{t("rules.openText")}</Link></p>;
}

/** What holds for every member. It is shown, and cannot be changed here. */
function Guardrails() {
  const t = useT();
  const { content, report } = useEntries();
  const states = new Map((report?.guardrails ?? []).map((g) => [g.id, g.state]));
  return (
    <details className="guardrails">
      <summary><Icon name="lock" /> <h2>{t("rules.guardrails")}</h2> <span className="muted">{content.data?.guardrails.length}</span> <Icon name="chevron" /></summary>
      <p className="muted">{t("rules.guardrailsAbout")}</p>
      <ul>
        {content.data?.guardrails.map((g) => {
          const state = states.get(g.id) ?? g.heldBy;
          return (
            <li key={g.id}>
              <Icon name="lock" size={16} />
              <p>{g.says}</p>
              <Chip tone={state === "proved" ? "good" : state === "broken" ? "bad" : "neutral"} icon={state === "proved" ? "check" : state === "broken" ? "warning" : undefined}>{t(`rules.held.${state}`)}</Chip>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
