import type { ReactNode } from "react";
import fen from "../../i18n/fact.en.json";
import fes from "../../i18n/fact.es.json";
import en from "../../i18n/try.en.json";
import es from "../../i18n/try.es.json";
import { Words } from "../../i18n";

const all = { en: { ...fen, ...en }, es: { ...fes, ...es } };

/** The words of whatever shows people, facts and answers. */
export function TryWords({ children }: { children: ReactNode }) {
  return <Words en={all.en} es={all.es}>{children}</Words>;
}
