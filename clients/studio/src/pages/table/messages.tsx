import type { ReactNode } from "react";
import fen from "../../i18n/fact.en.json";
import fes from "../../i18n/fact.es.json";
import ren from "../../i18n/rules.en.json";
import res from "../../i18n/rules.es.json";
import en from "../../i18n/table.en.json";
import es from "../../i18n/table.es.json";
import { Words } from "../../i18n";

const all = { en: { ...fen, ...ren, ...en }, es: { ...fes, ...res, ...es } };

export function TableWords({ children }: { children: ReactNode }) {
  return <Words en={all.en} es={all.es}>{children}</Words>;
}
