// The words of the pages. Words about rules never come from here: the server
// writes them.
import { createContext, useContext, useMemo, useState, type ReactNode } from "react";
import { IntlProvider, useIntl, type PrimitiveType } from "react-intl";
import en from "./shell.en.json";
import es from "./shell.es.json";

/** The languages of the pages. */
export type Tag = "en" | "es";

const locales: Record<Tag, string> = { en: "en-US", es: "es-US" };
const key = "rightvoice.language";

interface Language {
  /** What the server is asked for words in. */
  tag: Tag;
  set(tag: Tag): void;
}

const LanguageContext = createContext<Language>({ tag: "en", set: () => {} });
const MessagesContext = createContext<Record<Tag, Record<string, string>>>({ en, es });

/** The language of the words on screen, and how to choose another. */
export const useLanguage = (): Language => useContext(LanguageContext);

function first(): Tag {
  const kept = localStorage.getItem(key);
  if (kept === "en" || kept === "es") return kept;
  return navigator.language.toLowerCase().startsWith("es") ? "es" : "en";
}

/** Gives the pages a language and the shell's words. */
export function Languages({ children, initial }: { children: ReactNode; initial?: Tag }) {
  const [tag, setTag] = useState<Tag>(() => initial ?? first());
  const language = useMemo<Language>(
    () => ({
      tag,
      set(next) {
        localStorage.setItem(key, next);
        document.documentElement.lang = next;
        setTag(next);
      },
    }),
    [tag],
  );
  document.documentElement.lang = tag;
  return (
    <LanguageContext.Provider value={language}>
      <Words en={en} es={es}>
        {children}
      </Words>
    </LanguageContext.Provider>
  );
}

/** Adds the words of an area to those around it. */
export function Words({ en, es, children }: { en: Record<string, string>; es: Record<string, string>; children: ReactNode }) {
  const { tag } = useLanguage();
  const outer = useContext(MessagesContext);
  const all = useMemo(() => ({ en: { ...outer.en, ...en }, es: { ...outer.es, ...es } }), [outer, en, es]);
  return (
    <MessagesContext.Provider value={all}>
      <IntlProvider locale={locales[tag]} defaultLocale="en-US" messages={all[tag]}>
        {children}
      </IntlProvider>
    </MessagesContext.Provider>
  );
}

/** Says a message by its id: t("draft.changes", { count: 3 }). */
export type Say = (id: string, values?: Record<string, PrimitiveType>) => string;

export function useT(): Say {
  const intl = useIntl();
  return useMemo(() => (id, values) => intl.formatMessage({ id }, values), [intl]);
}
