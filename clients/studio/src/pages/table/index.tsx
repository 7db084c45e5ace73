import { useCallback, useMemo, useState } from "react";
import { useLocation } from "wouter";
import { useFacts, useMe } from "../../api/hooks";
import type { Condition, Content, Fact, Rule } from "../../api/types";
import { useDraft, useEdit, useWorkingContent } from "../../draft";
import { useT } from "../../i18n";
import { may } from "../../ui/Button";
import { useVoice } from "../../ui/announce";
import { Dialog } from "../../ui/Dialog";
import { Failed, Loading, PageHead } from "../../ui/parts";
import { Picker } from "../../ui/Picker";
import { Select } from "../../ui/Select";
import { useToasts } from "../../ui/Toasts";
import { CellEditor } from "./CellEditor";
import { Gaps, Overlaps } from "./Findings";
import { Grid, type Place } from "./Grid";
import { cellOf, cellsOf, columnsOf, fromTSV, moveRule, rulesOf, setCell, toTSV, type Pasted, type Table } from "./cells";
import { TableWords } from "./messages";
import "../rules/rules.css";
import "./table.css";

export default function Page() {
  return <TableWords><Loaded /></TableWords>;
}

const none: Fact[] = [];

function Loaded() {
  const { ref } = useDraft();
  const query = useWorkingContent();
  const facts = useFacts(ref).data ?? none;
  if (query.error && !query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data || facts.length === 0) return <Loading />;
  return <Rules content={query.data} facts={facts} />;
}

function useWhyNot(): string {
  const { draft } = useDraft();
  const me = useMe().data;
  const p = draft ? may(draft.permissions, "edit") : may(me?.permissions, "create");
  return p && !p.allowed ? p.whyNot : "";
}

/** At most so many operations are one edit. */
const most = 100;

function Rules({ content, facts }: { content: Content; facts: readonly Fact[] }) {
  const t = useT();
  const edit = useEdit();
  const why = useWhyNot();
  const voice = useVoice();
  const { show } = useToasts();
  const [, go] = useLocation();
  const [table, setTable] = useState<Table>("sender");
  const [tier, setTier] = useState("all");
  const [gaps, setGaps] = useState(false);
  const [overlaps, setOverlaps] = useState(false);
  const [editing, setEditing] = useState<Place | null>(null);
  const [refused, setRefused] = useState<Pasted["refused"]>([]);
  const all = useMemo(() => rulesOf(content, table), [content, table]);
  const rules = useMemo(() => (tier === "all" ? all : all.filter((r) => r.tier === tier)), [all, tier]);
  const columns = useMemo(() => columnsOf(all, facts), [all, facts]);
  const outcome = facts.find((f) => f.name === table);
  const tiers = useMemo(() => [...new Set(all.map((r) => r.tier).filter(Boolean))], [all]);
  const label = t(`table.${table}`);
  const onEdit = useCallback((p: Place) => {
    const rule = rules[p.row];
    if (!rule) return;
    if (why) return voice.alert(why);
    const fact = columns[p.column - 1];
    const deep = fact && !cellOf(cellsOf(rule), fact.name).editable;
    if (p.column === 0 || deep || (fact && rule.isDefault)) return go(`/rules/${table}/${rule.id}`);
    setEditing(p);
  }, [rules, columns, table, go, why, voice]);
  const onMove = useCallback((rule: Rule, by: -1 | 1) => {
    const operations = moveRule(all, rule.id, by);
    if (why || operations.length === 0) return voice.say(why || t("table.noFurther"));
    voice.say(t(by < 0 ? "table.movedUp" : "table.movedDown", { rule: rule.title || rule.id }));
    void edit(...operations);
  }, [all, edit, t, voice, why]);
  const onCopy = useCallback((rows: readonly Rule[]) => {
    show({ text: t("table.copied", { count: rows.length }) });
    return toTSV(rows, columns, outcome);
  }, [columns, outcome, show, t]);
  const onPaste = useCallback((text: string, from: number) => {
    if (why) return voice.alert(why);
    const pasted = fromTSV(text, rules, from, columns, outcome);
    if (pasted.refused.length > 0) return setRefused(pasted.refused);
    if (pasted.operations.length > most) return show({ text: t("table.tooMuch", { most }), tone: "bad" });
    if (pasted.operations.length > 0) void edit(...pasted.operations);
    show({ text: t("table.pasted", { count: pasted.operations.length }) });
  }, [rules, columns, outcome, edit, show, t, voice, why]);
  return (
    <div className="table-page">
      <PageHead title={t("nav.table")}>{t("table.lead")}</PageHead>
      <div className="table-tools">
        <Select label={t("table.which")} showLabel value={table} choices={(["sender", "mindset"] as const).map((id) => ({ id, label: t(`table.${id}`) }))} onChange={(id) => { setTable(id as Table); setTier("all"); }} />
        <Select label={t("table.tier")} showLabel value={tier} choices={[{ id: "all", label: t("table.all") }, ...tiers.map((id) => ({ id, label: t("table.tierName", { tier: id }) }))]} onChange={setTier} />
        <button type="button" className="button" aria-pressed={gaps} onClick={() => setGaps(!gaps)}>{t("table.showGaps")}</button>
        <button type="button" className="button" aria-pressed={overlaps} onClick={() => setOverlaps(!overlaps)}>{t("table.showOverlaps")}</button>
      </div>
      {gaps && <Gaps table={table} content={content} facts={facts} why={why} />}
      {overlaps && <Overlaps table={table} content={content} facts={facts} />}
      <Grid key={`${table}/${tier}`} rules={rules} columns={columns} outcome={outcome} label={label} onEdit={onEdit} onMove={onMove} onCopy={onCopy} onPaste={onPaste} />
      <p className="muted keys">{t("table.keys")}</p>
      {editing && <Edited place={editing} rules={rules} columns={columns} outcome={outcome} onClose={() => setEditing(null)} />}
      <Dialog title={t("table.refused")} open={refused.length > 0} onClose={() => setRefused([])} wide>
        <p>{t("table.refusedWhy")}</p>
        <ul className="refused">{refused.slice(0, 20).map((r, i) => <li key={i}><strong>{r.rule}</strong>{r.column && ` · ${r.column}`}: <q>{r.text}</q></li>)}</ul>
      </Dialog>
    </div>
  );
}

interface EditedProps {
  place: Place;
  rules: readonly Rule[];
  columns: readonly Fact[];
  outcome: Fact | undefined;
  onClose(): void;
}

/** The picker for one cell. */
function Edited({ place, rules, columns, outcome, onClose }: EditedProps) {
  const t = useT();
  const edit = useEdit();
  const rule = rules[place.row]!;
  const fact = columns[place.column - 1];
  if (fact) {
    const cell = cellOf(cellsOf(rule), fact.name);
    const done = (c: Condition | null) => {
      const operations = setCell(rule, cell, c);
      if (operations.length > 0) void edit(...operations);
      onClose();
    };
    return <CellEditor rule={rule} fact={fact} condition={cell.condition} onDone={done} onClose={onClose} />;
  }
  return (
    <Dialog title={t("table.edit", { fact: outcome?.label ?? t("table.outcome"), rule: rule.title || rule.id })} open onClose={onClose}>
      <Picker label={outcome?.label ?? ""} chosen={[rule.outcome]} emptyText={t("state.nothingFound")} items={(outcome?.values ?? []).filter((v) => v.id !== "safety").map(({ id, label }) => ({ id, label }))} onPick={([value]) => {
        if (value && value !== rule.outcome) void edit({ do: "set_key", list: rule.table as Table, row: rule.id, key: "then", value });
        onClose();
      }} />
    </Dialog>
  );
}
