import { memo, useState, type KeyboardEvent } from "react";
import { Link } from "wouter";
import { useT } from "../../i18n";
import { Icon } from "../../ui/Icon";
import { Menu, type MenuEntry } from "../../ui/Menu";
import { Chip } from "../../ui/parts";
import { Tokens } from "../../ui/Tokens";
import type { Entry } from "./entries";
import { paused } from "./operations";
import type { RowActions } from "./useRowActions";

interface RowProps {
  entry: Entry;
  changed: boolean;
  findings: number;
  /** Why nothing can be changed; empty if it can. */
  why: string;
  actions: RowActions;
}

/** One rule: its title, its sentence, how it stands, and what can be done with it. */
export const Row = memo(function Row({ entry: e, changed, findings, why, actions }: RowProps) {
  const t = useT();
  const off = paused(e);
  const keys = (k: KeyboardEvent) => {
    if (!k.altKey || why || (k.key !== "ArrowUp" && k.key !== "ArrowDown")) return;
    k.preventDefault();
    actions.step(e, k.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <li className="row" data-off={off || undefined} onKeyDown={keys} data-row={e.key}>
      <span className="place" aria-hidden="true">{e.position}</span>
      <div className="row-words">
        <Link className="row-link" href={`/rules/${e.key}`}>{e.title || t("rules.otherwise")}</Link>
        <span className="row-chips">
          {off && <Chip icon="pause">{t("rules.paused")}</Chip>}
          {changed && <Chip tone="accent" icon="pencil">{t("rules.changedChip")}</Chip>}
          {findings > 0 && <Chip tone="warn" icon="warning">{t("draft.toFix", { count: findings })}</Chip>}
        </span>
        <p className="row-sentence"><Tokens tokens={e.sentence} /></p>
      </div>
      <RowMenu entry={e} why={why} actions={actions} />
    </li>
  );
});

/** The widgets of a menu are made when it is first wanted: a thousand would be slow. */
function RowMenu({ entry: e, why, actions }: Pick<RowProps, "entry" | "why" | "actions">) {
  const t = useT();
  const [wanted, setWanted] = useState(false);
  const label = t("rules.more", { title: e.title });
  if (!wanted)
    return (
      <button type="button" className="button" data-kind="icon" aria-label={label} aria-haspopup="menu" onClick={() => setWanted(true)}>
        <Icon name="more" />
      </button>
    );
  return <Menu label={label} entries={rowMenu(e, why, actions, t)} defaultOpen />;
}

export function rowMenu(e: Entry, why: string, actions: RowActions, t: ReturnType<typeof useT>): MenuEntry[] {
  const fixed = e.rule?.isDefault ? t("rules.defaultStays") : why;
  const rule = e.kind !== "advice";
  const off = paused(e);
  return [
    { id: "duplicate", label: t("rules.duplicate"), why: fixed, run: () => actions.duplicate(e) },
    { id: "top", label: t("rules.toTop"), why: fixed, run: () => actions.top(e) },
    { id: "up", label: t("rules.up"), keys: "Alt ↑", why: fixed, run: () => actions.step(e, -1) },
    { id: "down", label: t("rules.down"), keys: "Alt ↓", why: fixed, run: () => actions.step(e, 1) },
    { id: "before", label: t("rules.before"), why: fixed, run: () => actions.choosePlace(e) },
    ...(rule ? [off ? { id: "resume", label: t("rules.resume"), why: fixed, run: () => actions.resume(e) } : { id: "pause", label: t("rules.pause"), why: fixed, run: () => actions.pause(e) }] : []),
    { id: "history", label: t("rules.history"), run: () => actions.history(e) },
    { id: "text", label: t("rules.asText"), run: () => actions.text(e) },
    { id: "copy", label: t("rules.copy"), run: () => actions.copy(e) },
    { id: "delete", label: t("rules.delete"), danger: true, why: fixed, run: () => actions.remove(e) },
  ];
}
