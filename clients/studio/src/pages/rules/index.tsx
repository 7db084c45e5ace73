import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { Words } from "../../i18n";
import en from "../../i18n/rules.en.json";
import es from "../../i18n/rules.es.json";
import { Loading } from "../../ui/parts";
import "./rules.css";

const List = lazy(() => import("./List"));
const Editor = lazy(() => import("./Editor"));
const Text = lazy(() => import("./Text"));

/** The rules: found in a list, changed as sentences, or as text. */
export default function Rules() {
  return (
    <Words en={en} es={es}>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/rules/text/*?"><Text /></Route>
          <Route path="/rules/:kind/:id">{({ kind, id }) => <Editor key={`${kind}/${id}`} kind={kind} id={id} />}</Route>
          <Route><List /></Route>
        </Switch>
      </Suspense>
    </Words>
  );
}
