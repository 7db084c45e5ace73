import { Words } from "../../i18n";
import flowEn from "../../i18n/flow.en.json";
import flowEs from "../../i18n/flow.es.json";
import en from "../../i18n/insights.en.json";
import es from "../../i18n/insights.es.json";
import { Insights } from "./Insights";
import "../../flow/flow.css";
import "./insights.css";

/** What became of the answers. */
export default function Page() {
  return (
    <Words en={{ ...flowEn, ...en }} es={{ ...flowEs, ...es }}>
      <Insights />
    </Words>
  );
}
