import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";
import { useT } from "../i18n";
import { useVoice } from "./announce";
import { Button } from "./Button";
import { Icon } from "./Icon";

export interface Toast {
  text: string;
  tone?: "good" | "bad";
  /** One thing to do about it, such as undo. */
  action?: { label: string; run(): void };
}

interface Shown extends Toast {
  id: number;
}

const Context = createContext<{ show(toast: Toast): void }>({ show: () => {} });

export const useToasts = () => useContext(Context);

const shownMs = 8_000;
let last = 0;

/** Short notes at the foot of the page. Those that tell of a fault stay until they are closed. */
export function Toasts({ children }: { children: ReactNode }) {
  const [all, setAll] = useState<Shown[]>([]);
  const voice = useVoice();
  const t = useT();
  const close = useCallback((id: number) => setAll((now) => now.filter((x) => x.id !== id)), []);
  const show = useCallback(
    (toast: Toast) => {
      const id = ++last;
      setAll((now) => [...now.slice(-2), { ...toast, id }]);
      if (toast.tone === "bad") voice.alert(toast.text);
      else {
        voice.say(toast.text);
        setTimeout(() => close(id), shownMs);
      }
    },
    [voice, close],
  );
  const value = useMemo(() => ({ show }), [show]);
  return (
    <Context.Provider value={value}>
      {children}
      <section className="toasts" aria-label={t("toast.region")}>
        {all.map(({ id, text, tone, action }) => (
          <div key={id} className="toast" data-tone={tone}>
            <Icon name={tone === "bad" ? "warning" : "check"} />
            <p>{text}</p>
            {action && (
              <Button kind="quiet" onPress={() => { action.run(); close(id); }}>
                {action.label}
              </Button>
            )}
            <Button kind="icon" label={t("action.close")} onPress={() => close(id)}>
              <Icon name="close" />
            </Button>
          </div>
        ))}
      </section>
    </Context.Provider>
  );
}
