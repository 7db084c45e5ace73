import { createContext, useContext, useMemo, useState, type ReactNode } from "react";

interface Shell {
  /** Whether the command palette is open. */
  palette: boolean;
  setPalette(open: boolean): void;
  /** Whether the try-it panel stands at the right. */
  panel: boolean;
  setPanel(open: boolean): void;
}

const Context = createContext<Shell>({ palette: false, setPalette: () => {}, panel: false, setPanel: () => {} });
const key = "rightvoice.panel";

/** What is open around the page. */
export const useShell = (): Shell => useContext(Context);

export function ShellState({ children }: { children: ReactNode }) {
  const [palette, setPalette] = useState(false);
  const [panel, set] = useState(() => sessionStorage.getItem(key) === "open");
  const value = useMemo<Shell>(
    () => ({
      palette,
      setPalette,
      panel,
      setPanel(open) {
        sessionStorage.setItem(key, open ? "open" : "");
        set(open);
      },
    }),
    [palette, panel],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}
