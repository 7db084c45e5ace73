import { useContent } from "../../api/hooks";
import type { Content } from "../../api/types";
import { useT } from "../../i18n";
import { Failed } from "../../ui/parts";
import { Answer } from "./Answer";
import { outcomeOf, type Answers } from "./answers";
import { Needed } from "./Needed";
import { setTrial, useTrial, type On } from "./store";

/** Which contents answer. */
export function OnSwitch({ answers }: { answers: Answers }) {
  const t = useT();
  const all: readonly On[] = ["live", "draft", "both"];
  return (
    <div className="segmented" role="group" aria-label={t("try.on")}>
      {all.map((on) => {
        const off = !answers.hasDraft && on !== "live";
        return (
          <button key={on} type="button" className="button" aria-pressed={answers.on === on} aria-disabled={off || undefined} title={off ? t("try.noDraft") : undefined} onClick={() => !off && setTrial({ on })}>
            {t(`try.on.${on}`)}
            {off && <span className="sr-only">{t("try.noDraft")}</span>}
          </button>
        );
      })}
    </div>
  );
}

/** The answers, side by side where they differ; as one where they are the same. */
export function Results({ answers, content }: { answers: Answers; content: Content | undefined }) {
  const t = useT();
  const { person } = useTrial();
  const live = useContent({}).data;
  const onChange = (p: typeof person) => setTrial({ person: p });
  if (answers.error && !answers.live && !answers.draft) return <Failed error={answers.error} />;
  const both = answers.on === "both" && answers.live && answers.draft;
  const same = both && outcomeOf(answers.live!) === outcomeOf(answers.draft!);
  const one = answers.draft ?? answers.live;
  return (
    <div className="results" aria-busy={answers.old || undefined} data-old={answers.old || undefined}>
      {answers.error ? <Failed error={answers.error} /> : null}
      <Needed evaluation={one} facts={answers.facts} person={person} onChange={onChange} />
      {both && !same ? (
        <div className="side-by-side">
          <Answer title={t("try.on.live")} evaluation={answers.live!} content={live} facts={answers.facts} />
          <Answer title={t("try.on.draft")} evaluation={answers.draft!} content={content} facts={answers.facts} />
        </div>
      ) : one && (
        <Answer title={t(`try.on.${answers.draft ? "draft" : "live"}`)} evaluation={one} content={answers.draft ? content : live} facts={answers.facts} same={same ? t("try.same") : undefined} />
      )}
    </div>
  );
}
