import { Words } from "../../i18n";
import flowEn from "../../i18n/flow.en.json";
import flowEs from "../../i18n/flow.es.json";
import en from "../../i18n/home.en.json";
import es from "../../i18n/home.es.json";
import { Home } from "./Home";
import "../../flow/flow.css";
import "./home.css";

/** What waits for the reader, and what happened lately. */
export default function Page() {
  return (
    <Words en={{ ...flowEn, ...en }} es={{ ...flowEs, ...es }}>
      <Home />
    </Words>
  );
}
