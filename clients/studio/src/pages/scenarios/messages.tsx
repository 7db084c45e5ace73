import type { ReactNode } from "react";
import fen from "../../i18n/fact.en.json";
import fes from "../../i18n/fact.es.json";
import en from "../../i18n/scenarios.en.json";
import es from "../../i18n/scenarios.es.json";
import ten from "../../i18n/try.en.json";
import tes from "../../i18n/try.es.json";
import { Words } from "../../i18n";

const all = { en: { ...fen, ...ten, ...en }, es: { ...fes, ...tes, ...es } };

export function ScenarioWords({ children }: { children: ReactNode }) {
  return <Words en={all.en} es={all.es}>{children}</Words>;
}
