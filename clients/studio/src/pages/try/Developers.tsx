import { useT } from "../../i18n";
import { useToasts } from "../../ui/Toasts";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import type { Answers } from "./answers";

/** The same question for those who build portals. */
export function Developers({ answers }: { answers: Answers }) {
  const t = useT();
  const { show } = useToasts();
  const request = JSON.stringify(answers.body.request, null, 2);
  const curl = `curl -s ${location.origin}/v1/recommendations \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(answers.body.request).replace(/'/g, "'\\''")}'`;
  const answer = (answers.draft ?? answers.live)?.decision;
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => show({ text: t("try.copied") }), () => show({ text: t("try.notCopied"), tone: "bad" }));
  const block = (title: string, text: string) => (
    <div className="code">
      <header><h4>{title}</h4><Button kind="quiet" onPress={() => copy(text)}><Icon name="copy" size={16} /> {t("try.copy")}</Button></header>
      <pre tabIndex={0} aria-label={title}>{text}</pre>
    </div>
  );
  return (
    <details className="developers">
      <summary><Icon name="chevron" size={16} /> {t("try.developers")}</summary>
      {block("curl", curl)}
      {block(t("try.request"), request)}
      {answer && block(t("try.response"), JSON.stringify(answer, null, 2))}
    </details>
  );
}
