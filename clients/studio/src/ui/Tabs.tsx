import { useId, useRef, type KeyboardEvent, type ReactNode } from "react";

export interface Tab {
  id: string;
  label: ReactNode;
  content: ReactNode;
}

interface TabsProps {
  label: string;
  tabs: readonly Tab[];
  chosen: string;
  onChoose(id: string): void;
}

const moves: Record<string, (now: number, count: number) => number> = {
  ArrowRight: (now, count) => (now + 1) % count,
  ArrowLeft: (now, count) => (now + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Parts of a page, one shown at a time. Arrows go from tab to tab. */
export function Tabs({ label, tabs, chosen, onChoose }: TabsProps) {
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(0, tabs.findIndex((tab) => tab.id === chosen));
  const moved = (e: KeyboardEvent) => {
    const to = moves[e.key]?.(at, tabs.length);
    if (to === undefined) return;
    e.preventDefault();
    onChoose(tabs[to]!.id);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[to]?.focus();
  };
  return (
    <div className="tabs">
      <div role="tablist" aria-label={label} ref={list} onKeyDown={moved}>
        {tabs.map((tab, i) => (
          <button key={tab.id} type="button" role="tab" id={`${base}-${tab.id}`} aria-selected={i === at} aria-controls={`${base}-panel`} tabIndex={i === at ? 0 : -1} onClick={() => onChoose(tab.id)}>
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${tabs[at]!.id}`} tabIndex={-1} className="tab-panel">
        {tabs[at]!.content}
      </div>
    </div>
  );
}
