// The words of the pages. Words about rules never come from here: the server
// writes them.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { format, type Values } from "./format";
import en from "./shell.en.json";

/** The languages of the pages. */
export type Tag = "en" | "es";

type Messages = Record<string, unknown>;

const locales: Record<Tag, string> = { en: "en-US", es: "es-US" };
const key = "rightvoice.language";

interface Language {
  /** What the server is asked for words in. */
  tag: Tag;
  /** For dates and numbers: new Intl.DateTimeFormat(locale). */
  locale: string;
  set(tag: Tag): void;
}

const LanguageContext = createContext<Language>({ tag: "en", locale: locales.en, set: () => {} });
const MessagesContext = createContext<Record<Tag, Messages>>({ en, es: {} });

/** The language of the words on screen, and how to choose another. */
export const useLanguage = (): Language => useContext(LanguageContext);

function first(): Tag {
  const kept = localStorage.getItem(key);
  if (kept === "en" || kept === "es") return kept;
  return navigator.language.toLowerCase().startsWith("es") ? "es" : "en";
}

/** The shell's words. Those that most readers do not need come when they are asked for. */
async function shellWords(tag: Tag): Promise<Record<Tag, Messages>> {
  return { en, es: tag === "es" ? (await import("./shell.es.json")).default : {} };
}

/** Gives the pages a language and the shell's words. */
export function Languages({ children, initial }: { children: ReactNode; initial?: Tag }) {
  const [tag, setTag] = useState<Tag>(() => initial ?? first());
  const [words, setWords] = useState<Record<Tag, Messages> | null>(tag === "en" ? { en, es: {} } : null);
  useEffect(() => {
    document.documentElement.lang = tag;
    let here = true;
    void shellWords(tag).then((all) => here && setWords(all));
    return () => {
      here = false;
    };
  }, [tag]);
  const language = useMemo<Language>(
    () => ({
      tag,
      locale: locales[tag],
      set(next) {
        localStorage.setItem(key, next);
        void shellWords(next).then((all) => {
          setWords(all);
          setTag(next);
        });
      },
    }),
    [tag],
  );
  return words && (
    <LanguageContext.Provider value={language}>
      <MessagesContext.Provider value={words}>{children}</MessagesContext.Provider>
    </LanguageContext.Provider>
  );
}

/** Adds the words of an area to those around it. */
export function Words({ en, es, children }: { en: Messages; es: Messages; children: ReactNode }) {
  const outer = useContext(MessagesContext);
  const all = useMemo(() => ({ en: { ...outer.en, ...en }, es: { ...outer.es, ...es } }), [outer, en, es]);
  return <MessagesContext.Provider value={all}>{children}</MessagesContext.Provider>;
}

/** Says a message by its id, in ICU's form: t("draft.changes", { count: 3 }). */
export type Say = (id: string, values?: Values) => string;

export function useT(): Say {
  const { tag, locale } = useLanguage();
  const messages = useContext(MessagesContext)[tag];
  return useMemo(() => (id, values) => format(locale, id, messages[id], values), [locale, messages]);
}
