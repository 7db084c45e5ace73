import { useContentIn } from "./useContentIn";
import type { Entry } from "./entries";
import { useEdit } from "../../draft";
import { useT, type Tag } from "../../i18n";
import { Bilingual } from "./Bilingual";

/** Why the rule exists, in both languages. */
export function Because({ entry, why }: { entry: Entry; why: string }) {
  const t = useT();
  const edit = useEdit();
  const texts = useContentIn((content) => content.rules.find((r) => r.table === entry.kind && r.id === entry.id)?.because ?? "");
  const save = (language: Tag, text: string) => void edit({ do: "set_words", list: entry.kind, row: entry.id, key: "because", language, text });
  return <Bilingual label={t("rules.because")} texts={texts} why={why} onSave={save} rows={2} />;
}
