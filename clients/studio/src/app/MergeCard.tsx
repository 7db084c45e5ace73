import type { Change, StaleEdit } from "../api/types";
import { useT, Words } from "../i18n";
import en from "../i18n/merge.en.json";
import es from "../i18n/merge.es.json";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { DiffTokens } from "../ui/Tokens";

interface MergeProps {
  stale: StaleEdit;
  onSettle(whose: "mine" | "theirs"): void;
}

/** Someone else changed the draft: both sides in words, and the choice between them. */
export default function MergeCard(props: MergeProps) {
  return <Words en={en} es={es}><Card {...props} /></Words>;
}

function Card({ stale, onSettle }: MergeProps) {
  const t = useT();
  return (
    <Dialog
      wide
      title={t("merge.title")}
      open
      onClose={() => {}}
      actions={
        <>
          <Button kind="primary" onPress={() => onSettle("mine")}>{t("merge.mine")}</Button>
          <Button onPress={() => onSettle("theirs")}>{t("merge.theirs")}</Button>
        </>
      }
    >
      <p>{t("merge.why")}</p>
      <div className="merge">
        <Side title={t("merge.theirSide")} changes={stale.theirs} />
        <Side title={t("merge.mySide")} changes={stale.mine} />
      </div>
    </Dialog>
  );
}

function Side({ title, changes }: { title: string; changes: readonly Change[] }) {
  return (
    <section>
      <h3>{title}</h3>
      {changes.map((c) => (
        <p key={`${c.file}/${c.id}`}>
          {c.before.length + c.after.length > 0 ? <DiffTokens before={c.before} after={c.after} /> : <DiffTokens before={lines(c.beforeText)} after={lines(c.afterText)} />}
        </p>
      ))}
    </section>
  );
}

/** A text as tokens, one for each line, to be compared. */
const lines = (text: string) => (text.match(/.*\n|.+$/g) ?? []).map((line) => ({ text: line, kind: "PLAIN" as const, ref: "", path: "" }));
