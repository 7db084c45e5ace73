import { useState } from "react";
import { Link } from "wouter";
import { serverWords } from "../../api/errors";
import { tenant } from "../../api/hooks";
import { personOf } from "../../api/person";
import { addScenario, expected, newId } from "../../api/scenario";
import { api } from "../../api/session";
import type { Content, Fact, Operation, Rule } from "../../api/types";
import { useDraft, useEdit } from "../../draft";
import { useLanguage, useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { sentenceText } from "../../ui/Tokens";
import { useToasts } from "../../ui/Toasts";

/** At most so many are made at once: an edit holds a hundred operations. */
const most = 40;

/** Rules that no scenario reaches, and scenarios for them out of the proof. */
export function Coverage({ content, facts, unseen, why }: { content: Content; facts: readonly Fact[]; unseen: readonly Rule[]; why: string }) {
  const t = useT();
  const { tag } = useLanguage();
  const { ref } = useDraft();
  const edit = useEdit();
  const { show } = useToasts();
  const [busy, setBusy] = useState(false);
  const all = content.rules.filter((r) => r.inForce).length;
  const make = async () => {
    setBusy(true);
    try {
      const rules = unseen.slice(0, most).map(({ table, id }) => ({ table: table as "mindset" | "sender", id }));
      const found = await api().call("post", "/v1/content:examine", { body: { ...tenant(), content: ref, language: tag, rules }, timeoutMs: 60_000 });
      const taken = new Set(content.scenarios.map((s) => s.id));
      const operations: Operation[] = [];
      const files = new Set(content.files);
      for (const { rule, example } of found.rules) {
        if (!example) continue;
        const answer = await api().call("post", "/v1/content:evaluate", { body: { ...tenant(), contents: [ref], request: { ...example.request, language: tag }, at: "2026-03-01T12:00:00Z" } });
        const decision = answer.evaluations[0]?.decision;
        if (!decision) continue;
        const id = newId(`reaches-${rule.id}`, taken);
        taken.add(id);
        const made = addScenario({ ...content, files: [...files] }, { id, about: example.story, person: personOf(example.request, facts), expect: expected(decision) });
        made.forEach((o) => o.do === "write_file" && o.file && files.add(o.file));
        operations.push(...made);
      }
      if (operations.length > 0) await edit(...operations);
      const left = rules.length - operations.filter((o) => o.do === "insert").length;
      show({ text: t("scenarios.made", { count: operations.filter((o) => o.do === "insert").length, left }) });
    } catch (error) {
      show({ text: serverWords(error) || t("error.unknown"), tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="coverage" aria-label={t("scenarios.coverage")}>
      <div className="coverage-bar" aria-hidden="true"><span style={{ inlineSize: `${all ? (100 * (all - unseen.length)) / all : 0}%` }} /></div>
      <p>{unseen.length === 0 ? t("scenarios.allReached", { count: all }) : t("scenarios.unreached", { count: unseen.length, all })}</p>
      {unseen.length > 0 && (
        <>
          <Button why={why || (busy && t("state.loading"))} onPress={() => void make()}>{busy ? t("state.loading") : t("scenarios.make")}</Button>
          <details>
            <summary className="button" data-kind="quiet">{t("scenarios.which")}</summary>
            <ul>{unseen.map((r) => <li key={r.table + r.id}><Link href={`/rules/${r.table}/${r.id}`}>{r.title || sentenceText(r.sentence)}</Link></li>)}</ul>
          </details>
        </>
      )}
    </section>
  );
}
