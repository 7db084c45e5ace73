import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { Link } from "wouter";
import { useShell } from "../../app/state";
import { useWorkingContent } from "../../draft";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Popover } from "../../ui/Dialog";
import { Icon } from "../../ui/Icon";
import { Picker } from "../../ui/Picker";
import { useAnswers } from "./answers";
import { Facts } from "./Facts";
import { usePeopleItems, usePick } from "./People";
import { OnSwitch, Results } from "./Results";
import { SaveScenario } from "./Save";
import { setTrial, useTrial } from "./store";
import { TryWords } from "./words";
import "./try.css";

/** The same beside every page: it keeps the person and answers anew on each edit. */
export default function Panel() {
  return <TryWords><Compact /></TryWords>;
}

function Compact() {
  const t = useT();
  const trial = useTrial();
  const { setPanel } = useShell();
  const content = useWorkingContent().data;
  const answers = useAnswers(trial);
  const items = usePeopleItems(content);
  const pick = usePick(content, answers.facts);
  const [open, setOpen] = useState(false);
  const who = trial.person.name || t("try.someone");
  return (
    <div className="try-panel">
      <header className="panel-head">
        <h2>{t("nav.try")}</h2>
        <Link className="button" data-kind="quiet" href="/try">{t("try.full")}</Link>
        <Button kind="icon" label={t("action.close")} onPress={() => setPanel(false)}><Icon name="close" /></Button>
      </header>
      <OnSwitch answers={answers} />
      <Popover label={t("try.people")} open={open} onOpenChange={setOpen} trigger={<AriaButton className="button person" data-kind="select" aria-label={t("try.choosePerson", { who })}><Icon name="person" size={16} /> <span>{who}</span> <Icon name="chevron" size={16} /></AriaButton>}>
        <Picker label={t("try.findPerson")} items={items} chosen={[trial.chosen]} emptyText={t("state.nothingFound")} onPick={([id]) => {
          setOpen(false);
          if (id) pick(id);
        }} />
      </Popover>
      <Results answers={answers} content={content} />
      <details className="panel-facts" open={Object.keys(trial.person.facts).length === 0 && !trial.person.topic}>
        <summary><Icon name="chevron" size={16} /> {t("try.change")}</summary>
        <Facts person={trial.person} facts={answers.facts} content={content} onChange={(person) => setTrial({ person })} />
      </details>
      <SaveScenario answers={answers} content={content} compact />
    </div>
  );
}
