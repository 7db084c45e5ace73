// Where the focus is among the words of a rule. Those words come anew from the
// server after every edit; the place in them that a person was at stays.
import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, type FocusEvent } from "react";

/** The name of a place: the condition by its path, and which of its buttons. */
export const placeRef = (path: string, part: string): string => `${path} ${part}`;

const of = (root: Element): HTMLElement[] => [...root.querySelectorAll<HTMLElement>("[data-ref]")];
const pathOf = (ref: string): string => ref.slice(0, ref.lastIndexOf(" "));

/**
 * The button at a place, or what stands nearest: another of the same condition,
 * the first of what it became a group of, else the last one before it.
 */
export function nearest(root: Element, ref: string): HTMLElement | undefined {
  const all = of(root);
  const path = pathOf(ref);
  const same = all.find((e) => e.dataset.ref === ref) ?? all.find((e) => pathOf(e.dataset.ref!) === path) ?? all.find((e) => e.dataset.ref!.startsWith(`${path}.`));
  return same ?? all.findLast((e) => order(pathOf(e.dataset.ref!), path) < 0) ?? all[0];
}

/** Which of two paths comes first, by numbers: "9" before "10". */
function order(a: string, b: string): number {
  const [x, y] = [a.split("."), b.split(".")];
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return Number(x[i]) - Number(y[i]);
  return x.length - y.length;
}

const Back = createContext<() => void>(() => {});
export const BackProvider = Back.Provider;

/** Put into what opens over a place: when that goes away, the focus goes back to the place. */
export function ComesBack(): null {
  const back = useContext(Back);
  useEffect(() => back, [back]);
  return null;
}

/** Keeps the focus at its place in an element whose words change. Every button in it has a data-ref. */
export function useKeptFocus(words: unknown) {
  const root = useRef<HTMLElement>(null);
  const at = useRef("");
  const back = useCallback(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost && at.current && root.current) nearest(root.current, at.current)?.focus();
  }, []);
  useLayoutEffect(back, [words, back]);
  const props = useMemo(
    () => ({
      ref: root,
      onFocus(e: FocusEvent<HTMLElement>) {
        if (root.current?.contains(e.target)) at.current = e.target.closest<HTMLElement>("[data-ref]")?.dataset.ref ?? "";
      },
      // What takes the button away tells nobody here; a person who leaves does.
      onBlur(e: FocusEvent<HTMLElement>) {
        const to = e.relatedTarget as Element | null;
        if (root.current?.contains(e.target) && !(to && (root.current.contains(to) || to.closest(".popover")))) at.current = "";
      },
    }),
    [],
  );
  return { props, back };
}
