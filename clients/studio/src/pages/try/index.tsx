import { useEffect } from "react";
import { useWorkingContent } from "../../draft";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { PageHead } from "../../ui/parts";
import { useToasts } from "../../ui/Toasts";
import { nobody } from "../../api/person";
import { useAnswers } from "./answers";
import { Developers } from "./Developers";
import { Facts } from "./Facts";
import { People } from "./People";
import { OnSwitch, Results } from "./Results";
import { describe, KeepPerson, SaveScenario } from "./Save";
import { dropPerson, linkOf, personOfLink, setTrial, tryAs, useTrial } from "./store";
import { TryWords } from "./words";
import "./try.css";

export default function Page() {
  return <TryWords><Try /></TryWords>;
}

function Try() {
  const t = useT();
  const trial = useTrial();
  const content = useWorkingContent().data;
  const answers = useAnswers(trial);
  const { show } = useToasts();
  useLinkedPerson();
  const link = () => {
    const url = `${location.origin}/studio/try#p=${linkOf(trial.person)}`;
    void navigator.clipboard.writeText(url).then(() => show({ text: t(trial.person.text ? "try.linkCopiedNoText" : "try.linkCopied") }), () => show({ text: t("try.notCopied"), tone: "bad" }));
  };
  const kept = trial.chosen.startsWith("kept:");
  const name = describe(content, answers.facts, trial.person, t);
  return (
    <div className="try-page">
      <PageHead title={t("nav.try")} actions={<OnSwitch answers={answers} />}>{t("try.lead")}</PageHead>
      <div className="try-columns">
        <section className="column-people" aria-label={t("try.people")}>
          <h2>{t("try.people")}</h2>
          <People content={content} facts={answers.facts} />
        </section>
        <section className="column-facts" aria-label={t("try.person")}>
          <header className="column-head">
            <h2>{trial.person.name || t("try.someone")}</h2>
            <div className="actions">
              <Button kind="quiet" onPress={() => tryAs(nobody)}>{t("try.startOver")}</Button>
              <KeepPerson name={name} />
              {kept && <Button kind="quiet" onPress={() => { dropPerson(trial.person.name); setTrial({ chosen: "" }); }}>{t("try.drop")}</Button>}
            </div>
          </header>
          <Facts person={trial.person} facts={answers.facts} content={content} onChange={(person) => setTrial({ person })} />
        </section>
        <section className="column-answers" aria-label={t("try.answers")}>
          <header className="column-head">
            <h2>{t("try.answers")}</h2>
            <div className="actions">
              <Button kind="quiet" onPress={link}><Icon name="copy" size={16} /> {t("try.link")}</Button>
              <SaveScenario answers={answers} content={content} />
            </div>
          </header>
          <Results answers={answers} content={content} />
          <Developers answers={answers} />
        </section>
      </div>
    </div>
  );
}

/** Takes the person of a link, once. */
function useLinkedPerson() {
  useEffect(() => {
    const take = () => {
      const p = personOfLink(location.hash);
      if (!p) return;
      tryAs(p);
      history.replaceState(history.state, "", location.pathname);
    };
    take();
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
}
