import { memo, useCallback, useEffect, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react";
import { Link } from "wouter";
import type { Fact, Rule } from "../../api/types";
import { useT } from "../../i18n";
import { Icon } from "../../ui/Icon";
import { sentenceText } from "../../ui/Tokens";
import { cellOf, cellsOf } from "./cells";

/** In pixels; each row is as high, so that only those in sight need to be there. */
const rowHeight = 56;
const beyond = 12;

export interface Place {
  row: number;
  column: number;
}

interface GridProps {
  rules: readonly Rule[];
  columns: readonly Fact[];
  outcome: Fact | undefined;
  label: string;
  onEdit(place: Place): void;
  onMove(rule: Rule, by: -1 | 1): void;
  onCopy(rows: readonly Rule[]): string;
  onPaste(text: string, from: number): void;
}

/** The table. Arrows move, Enter edits, Alt with arrows moves the rule, Ctrl+C and Ctrl+V take rows. */
export function Grid({ rules, columns, outcome, label, onEdit, onMove, onCopy, onPaste }: GridProps) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const [to, setTo] = useState<number | null>(null);
  const [seen, setSeen] = useState({ first: 0, last: 40 });
  const follow = useRef("");
  const width = columns.length + 2;
  const look = useCallback(() => {
    const el = box.current;
    if (!el) return;
    const first = Math.max(0, Math.floor(el.scrollTop / rowHeight) - beyond);
    const last = Math.ceil((el.scrollTop + el.clientHeight) / rowHeight) + beyond;
    setSeen((now) => (now.first === first && now.last === last ? now : { first, last }));
  }, []);
  useEffect(look, [look, rules.length]);
  const focus = useCallback((place: Place) => {
    setAt(place);
    const el = box.current;
    if (!el) return;
    const top = place.row * rowHeight;
    if (top < el.scrollTop) el.scrollTop = top;
    else if (top + 2 * rowHeight > el.scrollTop + el.clientHeight) el.scrollTop = top + 2.5 * rowHeight - el.clientHeight;
    requestAnimationFrame(() => requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-at="${place.row},${place.column}"]`)?.focus({ preventScroll: false })));
  }, []);
  // A rule that was moved keeps the focus at its new place.
  useEffect(() => {
    const i = rules.findIndex((r) => r.id === follow.current);
    if (follow.current && i >= 0) {
      follow.current = "";
      focus({ row: i, column: at.column });
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [rules]);
  const keys = (e: KeyboardEvent) => {
    const step: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0] };
    const rule = rules[at.row];
    if (e.altKey && (e.key === "ArrowUp" || e.key === "ArrowDown") && rule) {
      e.preventDefault();
      follow.current = rule.id;
      return onMove(rule, e.key === "ArrowUp" ? -1 : 1);
    }
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const by = step[e.key];
    if (by) {
      e.preventDefault();
      const inTable = (row: number) => Math.max(0, Math.min(rules.length - 1, row));
      // With Shift the rows up to there are chosen; the focus stays where it was.
      if (e.shiftKey) return setTo(inTable((to ?? at.row) + by[0]));
      setTo(null);
      return focus({ row: inTable(at.row + by[0]), column: Math.max(0, Math.min(width - 1, at.column + by[1])) });
    }
    if (e.key === "Home" || e.key === "End") {
      e.preventDefault();
      return focus({ ...at, column: e.key === "Home" ? 0 : width - 1 });
    }
    if ((e.key === "Enter" || e.key === "F2") && !(e.target as HTMLElement).closest("a")) {
      e.preventDefault();
      onEdit(at);
    }
  };
  const copy = (e: ClipboardEvent) => {
    const [from, until] = [Math.min(at.row, to ?? at.row), Math.max(at.row, to ?? at.row)];
    e.preventDefault();
    e.clipboardData.setData("text/plain", onCopy(rules.slice(from, until + 1)));
  };
  const paste = (e: ClipboardEvent) => {
    e.preventDefault();
    onPaste(e.clipboardData.getData("text/plain"), at.row);
  };
  const first = Math.min(seen.first, rules.length);
  const last = Math.min(rules.length, Math.max(seen.last, first));
  const shown = rules.slice(first, last).map((rule, i) => ({ rule, i: first + i }));
  if (at.row < first || at.row >= last) {
    const rule = rules[at.row];
    if (rule) shown[at.row < first ? "unshift" : "push"]({ rule, i: at.row });
  }
  return (
    <div ref={box} className="grid-box" onScroll={look}>
      <table role="grid" aria-label={label} aria-rowcount={rules.length + 1} aria-colcount={width} onKeyDown={keys} onCopy={copy} onPaste={paste}>
        <thead>
          <tr>
            <th scope="col" className="frozen">{t("table.rule")}</th>
            {columns.map((f) => <th key={f.name} scope="col">{f.label}</th>)}
            <th scope="col">{outcome?.label ?? t("table.outcome")}</th>
          </tr>
        </thead>
        <tbody>
          {first > 0 && <tr aria-hidden="true" style={{ height: first * rowHeight }} />}
          {shown.map(({ rule, i }) => (
            <Row key={rule.id} rule={rule} index={i} columns={columns} outcome={outcome} column={i === at.row ? at.column : -1} picked={to !== null && i >= Math.min(at.row, to) && i <= Math.max(at.row, to)} onFocus={setAt} onEdit={onEdit} />
          ))}
          {last < rules.length && <tr aria-hidden="true" style={{ height: (rules.length - last) * rowHeight }} />}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  rule: Rule;
  index: number;
  columns: readonly Fact[];
  outcome: Fact | undefined;
  /** The cell of this row that Tab reaches; -1 for none. */
  column: number;
  picked: boolean;
  onFocus(p: Place): void;
  onEdit(p: Place): void;
}

const Row = memo(function Row({ rule, index, columns, outcome, column, picked, onFocus, onEdit }: RowProps) {
  const t = useT();
  const cells = useMemo(() => cellsOf(rule), [rule]);
  const at = (c: number) => ({
    "data-at": `${index},${c}`,
    tabIndex: column === c ? 0 : -1,
    onFocus: () => onFocus({ row: index, column: c }),
    onDoubleClick: () => onEdit({ row: index, column: c }),
  });
  const name = rule.title || (rule.isDefault ? t("table.default") : sentenceText(rule.sentence));
  return (
    <tr aria-rowindex={index + 2} data-tier={rule.tier} data-off={rule.inForce ? undefined : true} aria-selected={picked || undefined}>
      <th scope="row" className="frozen" {...at(0)}>
        <span className="cell-text"><Link href={`/rules/${rule.table}/${rule.id}`} tabIndex={-1}><span className="muted">{rule.position}</span> {name}</Link></span>
        {!rule.inForce && <Icon name="pause" size={14} />}
      </th>
      {columns.map((f, i) => {
        const cell = cellOf(cells, f.name);
        return (
          <td key={f.name} {...at(i + 1)} data-empty={cell.text === "" || undefined} data-group={cell.editable ? undefined : true} title={cell.text || undefined}>
            <span className="cell-text">{cell.text || t("table.any")}</span>
          </td>
        );
      })}
      <td {...at(columns.length + 1)} className="gives"><span className="cell-text">{outcome?.values.find((v) => v.id === rule.outcome)?.label ?? rule.outcome}</span></td>
    </tr>
  );
});
