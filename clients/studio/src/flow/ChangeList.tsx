import type { ReactNode } from "react";
import type { Change, Content } from "../api/types";
import { useLanguage, useT } from "../i18n";
import { Chip, Empty } from "../ui/parts";
import { DiffTokens } from "../ui/Tokens";
import { lineChanges, wordChanges } from "./textdiff";
import { aspects, kindOfChange, placeOf, sentenceDiffers, titleOf, type Aspect } from "./told";

interface ChangeListProps {
  changes: readonly Change[];
  /** Both contents, for what sentences do not say. */
  before: Content | undefined;
  after: Content | undefined;
  /** What stands below a change, such as comments on it. */
  below?(change: Change): ReactNode;
}

/** What differs between two contents, row by row, in words. */
export function ChangeList({ changes, before, after, below }: ChangeListProps) {
  const t = useT();
  if (changes.length === 0) return <Empty icon="check" title={t("change.none")} />;
  return (
    <ul className="changes">
      {changes.map((c) => (
        <li key={`${c.file}/${c.list}/${c.id}`}>
          <OneChange change={c} before={before} after={after}>{below?.(c)}</OneChange>
        </li>
      ))}
    </ul>
  );
}

const tones = { added: "good", removed: "bad", changed: "neutral" } as const;

function OneChange({ change, before, after, children }: { change: Change; before: Content | undefined; after: Content | undefined; children: ReactNode }) {
  const t = useT();
  const { tag } = useLanguage();
  const kind = kindOfChange(change);
  const others = aspects(change, before, after);
  const sentence = change.before.length + change.after.length > 0;
  const told = (sentence && sentenceDiffers(change)) || others.length > 0;
  const name = change.id ? titleOf(change, before, after, tag) || t("change.unnamed") : change.file;
  return (
    <article className="change" id={anchorOf(change)}>
      <header>
        <h3>{name}</h3>
        <span className="muted">{t("change.list", { list: change.id ? change.list : "file" })}</span>
        <Chip tone={tones[kind]}>{t("change.kind", { kind })}</Chip>
      </header>
      {sentence && <p><DiffTokens before={change.before} after={change.after} /></p>}
      {others.length > 0 && (
        <dl>
          {others.map((a) => <AspectDiff key={a.what + (a.language ?? "")} aspect={a} />)}
        </dl>
      )}
      <details open={!told}>
        <summary>{t("change.asText")}</summary>
        <LineDiff before={change.beforeText} after={change.afterText} />
      </details>
      {children}
    </article>
  );
}

export const anchorOf = (c: Change): string => `change-${placeOf(c).replace(/[^\w-]/g, "-")}`;

function AspectDiff({ aspect }: { aspect: Aspect }) {
  const t = useT();
  return (
    <div>
      <dt>{t(`aspect.${aspect.what}`)}{aspect.language && <span className="muted"> · {t("change.language", { language: aspect.language })}</span>}</dt>
      <dd lang={aspect.language}><WordDiff before={aspect.before} after={aspect.after} /></dd>
    </div>
  );
}

/** Two texts as one, with what was added and removed. */
export function WordDiff({ before, after }: { before: string; after: string }) {
  const t = useT();
  return (
    <>
      {wordChanges(before, after).map((part, i) =>
        part.how === "same" ? <span key={i}>{part.text}</span>
        : part.how === "added" ? <span key={i}><ins><span className="sr-only"> {t("diff.added")} </span>{part.text.trimEnd()}</ins>{tail(part.text)}</span>
        : <span key={i}><del><span className="sr-only"> {t("diff.removed")} </span>{part.text.trimEnd()}</del>{tail(part.text)}</span>,
      )}
    </>
  );
}

/** The spaces behind words are not part of what is marked. */
const tail = (text: string) => text.slice(text.trimEnd().length);

/** Two texts line by line. */
export function LineDiff({ before, after }: { before: string; after: string }) {
  const t = useT();
  return (
    <pre className="lines" tabIndex={0} aria-label={t("change.asText")}>
      {lineChanges(before, after).map((line, i) =>
        line.how === "added" ? <ins key={i}><span className="sr-only">{t("diff.added")} </span>{line.text}{"\n"}</ins>
        : line.how === "removed" ? <del key={i}><span className="sr-only">{t("diff.removed")} </span>{line.text}{"\n"}</del>
        : <span key={i} className={line.how === "left-out" ? "muted" : undefined}>{line.text}{"\n"}</span>,
      )}
    </pre>
  );
}
