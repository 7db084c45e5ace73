import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";
import { tenant } from "../../api/hooks";
import { personOf } from "../../api/person";
import { api, getSession } from "../../api/session";
import type { Content, Examined, Fact, Operation } from "../../api/types";
import { useShell } from "../../app/state";
import { useDraft, useEdit } from "../../draft";
import { useLanguage, useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Chip, Failed, Loading } from "../../ui/parts";
import { tryAs } from "../try/store";
import type { Table } from "./cells";

export function useExamined(table: Table, what: "gaps" | "overlaps", digest: string, enabled: boolean) {
  const { ref } = useDraft();
  const { tag } = useLanguage();
  return useQuery({
    queryKey: ["examined", getSession().user, getSession().tenant, ref, digest, table, what, tag],
    queryFn: ({ signal }): Promise<Examined> => api().call("post", "/v1/content:examine", { body: { ...tenant(), content: ref, language: tag, table, [what]: true }, signal, timeoutMs: 60_000 }),
    enabled: enabled && digest !== "",
    staleTime: Infinity,
  });
}

interface Props {
  table: Table;
  content: Content;
  facts: readonly Fact[];
  why: string;
}

/** Members whom only the default row answers, each kind with an example. */
export function Gaps({ table, content, facts, why }: Props) {
  const t = useT();
  const edit = useEdit();
  const [, go] = useLocation();
  const label = useLabel(table, content, facts);
  const query = useExamined(table, "gaps", content.digest, true);
  if (query.error) return <Failed error={query.error} />;
  if (!query.data) return <Loading />;
  const make = (gap: Examined["gaps"][number]) => {
    const id = freeId(`gap-${gap.topics[0] || "rule"}-${gap.mindset || "any"}`, content);
    void edit(...ruleFor(table, id, gap, content, t("table.newRule", { topic: label.topics(gap.topics) })));
    go(`/rules/${table}/${id}`);
  };
  return (
    <section className="found" aria-label={t("table.gaps")}>
      <h2>{t("table.gapsFound", { count: query.data.gaps.length })}</h2>
      <ul>
        {query.data.gaps.map((g, i) => (
          <li key={i}>
            <p><Chip tone="warn" icon="warning">{t("table.gap")}</Chip> <strong>{label.topics(g.topics)}</strong>{g.mindset && <span className="muted"> · {label.mindset(g.mindset)}</span>}</p>
            <p className="story">{g.example.story}</p>
            <div className="actions">
              <Button why={why} onPress={() => make(g)}>{t("table.make")}</Button>
              <TryIt request={g.example.request} facts={facts} />
            </div>
          </li>
        ))}
      </ul>
      {query.data.cut && <p className="muted">{t("table.cut")}</p>}
    </section>
  );
}

/** Members whom two rules fit that give different outcomes. */
export function Overlaps({ table, content, facts }: Omit<Props, "why">) {
  const t = useT();
  const label = useLabel(table, content, facts);
  const query = useExamined(table, "overlaps", content.digest, true);
  if (query.error) return <Failed error={query.error} />;
  if (!query.data) return <Loading />;
  return (
    <section className="found" aria-label={t("table.overlaps")}>
      <h2>{t("table.overlapsFound", { count: query.data.overlaps.length })}</h2>
      <ul>
        {query.data.overlaps.map((o) => (
          <li key={o.first + o.second}>
            <p><Icon name="copy" size={16} /> <Link href={`/rules/${table}/${o.first}`}>{label.rule(o.first)}</Link> <span className="muted">→ {label.outcome(o.firstOutcome)}</span> {t("table.wins")} <Link href={`/rules/${table}/${o.second}`}>{label.rule(o.second)}</Link> <span className="muted">→ {label.outcome(o.secondOutcome)}</span></p>
            <p className="story">{o.example.story}</p>
            <div className="actions"><TryIt request={o.example.request} facts={facts} /></div>
          </li>
        ))}
      </ul>
      {query.data.cut && <p className="muted">{t("table.cut")}</p>}
    </section>
  );
}

function TryIt({ request, facts }: { request: Examined["gaps"][number]["example"]["request"]; facts: readonly Fact[] }) {
  const t = useT();
  const { setPanel } = useShell();
  return <Button kind="quiet" onPress={() => { tryAs(personOf(request, facts)); setPanel(true); }}><Icon name="try" size={16} /> {t("table.try")}</Button>;
}

function useLabel(table: Table, content: Content, facts: readonly Fact[]) {
  const value = (name: string, id: string) => facts.find((f) => f.name === name)?.values.find((v) => v.id === id)?.label ?? id;
  return {
    topics: (ids: readonly string[]) => ids.map((id) => content.topics.find((x) => x.id === id)?.label ?? id).join(", "),
    mindset: (id: string) => value("mindset", id),
    outcome: (id: string) => value(table, id),
    rule: (id: string) => content.rules.find((r) => r.table === table && r.id === id)?.title || id,
  };
}

function freeId(id: string, content: Content): string {
  const taken = new Set(content.rules.map((r) => r.id));
  const base = id.replace(/_/g, "-");
  for (let n = 1; ; n++) if (!taken.has(n === 1 ? base : `${base}-${n}`)) return n === 1 ? base : `${base}-${n}`;
}

/** A rule for the members of a gap, last of the rules, that gives what the default row gives until someone says else. */
export function ruleFor(table: Table, id: string, gap: Examined["gaps"][number], content: Content, title: string): Operation[] {
  const topics = gap.topics.filter(Boolean).map((x) => JSON.stringify(x)).join(", ");
  const when = [topics && `  - topic: {is_any_of: [${topics}]}`, gap.mindset && `  - mindset: {is: ${gap.mindset}}`].filter(Boolean);
  const last = content.rules.filter((r) => r.table === table && !r.isDefault).at(-1);
  const tier = last?.tier || "default";
  const words = `{en: ${JSON.stringify(title)}, es: ${JSON.stringify(title)}}`;
  const text = [`id: ${id}`, `tier: ${tier}`, `title: ${words}`, ...(when.length ? ["when:", ...when] : []), `then: ${gap.outcome}`, `because: ${words}`, ""].join("\n");
  return [{ do: "insert", list: table, text, ...(last && { after: last.id }) }];
}
