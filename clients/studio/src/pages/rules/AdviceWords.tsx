import { useMemo } from "react";
import type { AdviceItem, Content } from "../../api/types";
import { useEdit } from "../../draft";
import { useLanguage, useT, type Tag } from "../../i18n";
import { Button } from "../../ui/Button";
import { Chip } from "../../ui/parts";
import { Bilingual } from "./Bilingual";

/** Above this school grade many members do not understand a text. */
const gradeLimit = 6;

/** What members read, in both languages, with how hard it is to read. */
export function AdviceWords({ advice, content, why }: { advice: AdviceItem; content: Content; why: string }) {
  const t = useT();
  const edit = useEdit();
  const places = useMemo(() => placeholders(content), [content]);
  const save = (key: string) => (language: Tag, text: string) => void edit({ do: "set_words", list: "advice", row: advice.id, key, language, text });
  const of = (key: "title" | "text") => ({ en: advice.words.en?.[key] ?? "", es: advice.words.es?.[key] ?? "" });
  return (
    <>
      <Bilingual
        label={t("rules.advice.text")}
        texts={of("text")}
        why={why}
        rows={4}
        onSave={save("text")}
        foot={(language, text, insert) => (
          <div className="advice-foot">
            <Measure grade={advice.words[language]?.grade ?? 0} text={text} />
            {!why && (
              <p className="insert">
                <span className="muted">{t("rules.insert")}</span>
                {places.map((p) => <Button key={p} kind="quiet" onPress={() => insert(`{${p}}`)}>{p.replaceAll("_", " ")}</Button>)}
              </p>
            )}
          </div>
        )}
      />
      <Bilingual label={t("rules.advice.title")} texts={of("title")} why={why} rows={1} onSave={save("title")} />
    </>
  );
}

function Measure({ grade, text }: { grade: number; text: string }) {
  const t = useT();
  const { locale } = useLanguage();
  const shown = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(Math.max(grade, 0));
  const hard = grade > gradeLimit;
  return (
    <p className="measure">
      {grade !== 0 && <Chip tone={hard ? "warn" : "good"} icon={hard ? "warning" : "check"}>{t("rules.grade", { grade: shown, limit: gradeLimit })}</Chip>}
      <span className="muted">{t("rules.characters", { count: [...text].length })}</span>
    </p>
  );
}

/** The places in texts that are filled in for each member, as content uses them. */
export function placeholders(content: Pick<Content, "advice">): string[] {
  const found = new Set<string>(["plan_phone", "provider_phone"]);
  for (const a of content.advice) for (const w of Object.values(a.words)) for (const m of w.text.matchAll(/\{(\w+)\}/g)) found.add(m[1]!);
  return [...found].sort();
}
