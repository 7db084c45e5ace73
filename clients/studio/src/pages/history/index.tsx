import { Route, Switch, useSearch } from "wouter";
import { Words } from "../../i18n";
import flowEn from "../../i18n/flow.en.json";
import flowEs from "../../i18n/flow.es.json";
import en from "../../i18n/history.en.json";
import es from "../../i18n/history.es.json";
import reviewEn from "../../i18n/review.en.json";
import reviewEs from "../../i18n/review.es.json";
import { Audit } from "./Audit";
import { Timeline } from "./Timeline";
import { VersionView } from "./VersionView";
import "../../flow/flow.css";
import "../review/review.css";
import "./history.css";

/** What was in force when, who let it pass, and the way back. */
export default function Page() {
  const rule = new URLSearchParams(useSearch()).get("rule") ?? "";
  return (
    <Words en={{ ...reviewEn, ...flowEn, ...en }} es={{ ...reviewEs, ...flowEs, ...es }}>
      <Switch>
        <Route path="/history/audit"><Audit /></Route>
        <Route path="/history/:number">{({ number }) => <VersionView key={number} number={Number(number)} />}</Route>
        <Route><Timeline key={rule} rule={rule} /></Route>
      </Switch>
    </Words>
  );
}
