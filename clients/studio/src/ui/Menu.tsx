import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Button as AriaButton } from "react-aria-components";
import type { ReactNode } from "react";
import { Icon } from "./Icon";
import "./widgets.css";

export interface MenuEntry {
  id: string;
  label: string;
  /** Keys that do the same, as they are printed. */
  keys?: string;
  /** Why it cannot be chosen now; it is shown and says so. */
  why?: string;
  danger?: boolean;
  run(): void;
}

/** A button that opens a list of things to do. The focus returns to it. */
export function Menu({ label, entries, children, defaultOpen }: { label: string; entries: readonly MenuEntry[]; children?: ReactNode; defaultOpen?: boolean }) {
  return (
    <MenuTrigger defaultOpen={defaultOpen}>
      <AriaButton className="button" data-kind={children ? "quiet" : "icon"} aria-label={children ? undefined : label}>
        {children ?? <Icon name="more" />}
      </AriaButton>
      <Popover className="popover" placement="bottom end">
        <AriaMenu className="menu" aria-label={label} onAction={(id) => entries.find((e) => e.id === id && !e.why)?.run()}>
          {entries.map((e) => (
            <MenuItem key={e.id} id={e.id} textValue={e.label} className="menu-item" data-danger={e.danger || undefined} data-off={e.why ? true : undefined}>
              <span>{e.label}{e.why && <small>{e.why}</small>}</span>
              {e.keys && <kbd>{e.keys}</kbd>}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
