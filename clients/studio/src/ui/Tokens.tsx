import type { Token } from "../api/types";
import { useT } from "../i18n";
import { changes } from "./diff";
import "./tokens.css";

/** A sentence as the server wrote it. */
export function Tokens({ tokens }: { tokens: readonly Token[] }) {
  return (
    <span className="sentence">
      {tokens.map((token, i) => (
        <span key={i} data-token={token.kind}>{token.text}</span>
      ))}
    </span>
  );
}

/** The words of a sentence as one string. */
export const sentenceText = (tokens: readonly Token[]): string => tokens.map((t) => t.text).join("");

/** Two sentences as one, with what was added and removed. Colour is not the only sign. */
export function DiffTokens({ before, after }: { before: readonly Token[]; after: readonly Token[] }) {
  const t = useT();
  return (
    <span className="sentence">
      {changes(before.map((x) => x.text), after.map((x) => x.text)).map((part, i) =>
        part.how === "same" ? (
          <span key={i}>{part.text}</span>
        ) : part.how === "added" ? (
          <ins key={i}><span className="sr-only"> {t("diff.added")} </span>{part.text}</ins>
        ) : (
          <del key={i}><span className="sr-only"> {t("diff.removed")} </span>{part.text}</del>
        ),
      )}
    </span>
  );
}
