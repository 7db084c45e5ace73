// One polite and one assertive live region for the whole page.
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from "react";

interface Voice {
  /** Read aloud once nothing else was said for 600 ms. */
  say(text: string): void;
  /** Read aloud at once: something went wrong. */
  alert(text: string): void;
}

const Context = createContext<Voice>({ say: () => {}, alert: () => {} });

export const useVoice = (): Voice => useContext(Context);

const quietMs = 600;

export function LiveRegions({ children }: { children: ReactNode }) {
  const [polite, setPolite] = useState("");
  const [urgent, setUrgent] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const say = useCallback((text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setPolite(text), quietMs);
  }, []);
  const voice = useMemo(() => ({ say, alert: setUrgent }), [say]);
  return (
    <Context.Provider value={voice}>
      {children}
      <div className="sr-only" role="status" aria-live="polite" data-live="polite">{polite}</div>
      <div className="sr-only" role="alert" aria-live="assertive" data-live="assertive">{urgent}</div>
    </Context.Provider>
  );
}
