import { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { useMe } from "../../api/hooks";
import type { AdviceItem, Content, Fact, Operation } from "../../api/types";
import { useDraft, useEdit } from "../../draft";
import { useLanguage, useT } from "../../i18n";
import { useVoice } from "../../ui/announce";
import { may } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Menu } from "../../ui/Menu";
import { Chip, Empty, Failed, Loading } from "../../ui/parts";
import { sentenceText, Tokens } from "../../ui/Tokens";
import { AdviceWords } from "./AdviceWords";
import { Because } from "./Because";
import { Conditions } from "./Conditions";
import { useEntries } from "./data";
import { editWhy, type Entry } from "./entries";
import { about, Findings } from "./Findings";
import { BackProvider, useKeptFocus } from "./kept";
import { MoveDialog } from "./MoveDialog";
import { paused } from "./operations";
import { Outcome } from "./Outcome";
import { rowMenu } from "./Row";
import { treeOf } from "./tree";
import { useRowActions } from "./useRowActions";

/** One rule or piece of advice, changed in place. */
export default function Editor({ kind, id }: { kind: string; id: string }) {
  const t = useT();
  const { content, facts, entries, report, checking } = useEntries();
  const entry = entries.find((e) => e.key === `${kind}/${id}`);
  const me = useMe().data;
  const { draft } = useDraft();
  if (content.isError && !content.data) return <Failed error={content.error} retry={() => void content.refetch()} />;
  if (!content.data || !facts) return <Loading />;
  if (!entry)
    return <Empty icon="rules" title={t("rules.gone")} action={<Link className="button" data-kind="plain" href="/rules">{t("rules.all")}</Link>}>{t("rules.goneWhy")}</Empty>;
  const why = editWhy(may(draft?.permissions ?? me?.permissions, "edit"));
  const open = report?.findings.filter((f) => about(f, entry)).length ?? 0;
  return (
    <article className="editor">
      <Head entry={entry} entries={entries} content={content.data} why={why} />
      {entry.rule ? <RuleBody entry={entry} facts={facts} why={why} /> : <AdviceBody entry={entry} facts={facts} content={content.data} why={why} />}
      <ReadsAs entry={entry} />
      <section className="stack" aria-label={t("rules.findings")}>
        {checking ? <p className="muted quiet-line">{t("draft.checking")}</p> : draft && report && open === 0 && <p className="muted quiet-line"><Icon name="check" size={16} /> {t("rules.nothingFound")}</p>}
        <Findings report={report} why={why} only={entry} />
      </section>
    </article>
  );
}

interface BodyProps {
  entry: Entry;
  facts: readonly Fact[];
  why: string;
}

function RuleBody({ entry, facts, why }: BodyProps) {
  const t = useT();
  const rule = entry.rule!;
  const { props, back } = useKeptFocus(rule);
  return (
    <BackProvider value={back}>
      <section className="card sentence-card" aria-label={t("rules.sentence")} {...props}>
        {rule.isDefault ? <p className="muted">{t("rules.defaultAbout")}</p> : <Conditions rule={rule} tree={treeOf(rule)} facts={facts} why={why} />}
        <p className="then">
          <span className="word">{t("rules.then")}</span> <Outcome entry={entry} facts={facts} why={why} />
        </p>
      </section>
      <Because entry={entry} why={why} />
    </BackProvider>
  );
}

function AdviceBody({ entry, facts, content, why }: BodyProps & { content: Content }) {
  const t = useT();
  const advice = entry.advice!;
  const labels = new Map(content.topics.map((x) => [x.id, x.label]));
  return (
    <>
      <AdviceWords key={entry.key} advice={advice} content={content} why={why} />
      <section className="card sentence-card" aria-label={t("rules.sentence")}>
        <p><Tokens tokens={entry.sentence} /></p>
        <p className="then"><span className="word">{t("rules.sentBy")}</span> <Outcome entry={entry} facts={facts} why={why} /></p>
        {entry.topics.length > 0 && <p className="topics"><span className="word">{t("rules.about.topics")}</span> {entry.topics.map((id) => <Chip key={id}>{labels.get(id) ?? id}</Chip>)}</p>}
        <p className="muted in-text">{t("rules.advice.inText")} <Link href={`/rules/text/${advice.file}?line=${advice.line}`}>{t("rules.openText")}</Link></p>
      </section>
      <Variants variants={advice.variants} />
    </>
  );
}

/** Other words for the same advice, each with its share of the members. */
function Variants({ variants }: { variants: AdviceItem["variants"] }) {
  const t = useT();
  const { tag, locale } = useLanguage();
  const share = new Intl.NumberFormat(locale, { style: "percent" });
  if (variants.length === 0) return null;
  return (
    <section className="card variants" aria-labelledby="variants">
      <h2 id="variants">{t("rules.advice.variants")}</h2>
      <ul>
        {variants.map((v) => (
          <li key={v.id}>
            <p className="row-chips"><Chip tone="accent">{share.format(v.percent / 100)}</Chip> <strong>{v.words[tag]?.title ?? ""}</strong></p>
            <p>{v.words[tag]?.text ?? ""}</p>
          </li>
        ))}
      </ul>
      <p className="muted">{t("rules.advice.rest", { share: share.format(1 - variants.reduce((sum, v) => sum + v.percent, 0) / 100) })}</p>
    </section>
  );
}

function Head({ entry, entries, content, why }: { entry: Entry; entries: readonly Entry[]; content: Content; why: string }) {
  const t = useT();
  const [moving, setMoving] = useState<Entry | null>(null);
  const [, go] = useLocation();
  const actions = useRowActions(entries, content, setMoving);
  const leaving = { ...actions, remove: (e: Entry) => { actions.remove(e); go("/rules"); } };
  return (
    <header className="editor-head">
      <Link className="back muted" href="/rules"><Icon name="chevron" size={16} /> {t("rules.all")}</Link>
      <div className="editor-title">
        <Title entry={entry} why={why} />
        <Menu label={t("rules.more", { title: entry.title })} entries={rowMenu(entry, why, leaving, t)} />
      </div>
      <p className="row-chips">
        <Chip>{t(`rules.kind.${entry.kind}`)}</Chip>
        {entry.tier && <Chip>{t(`rules.tier.${entry.tier}`)}</Chip>}
        {paused(entry) && <Chip icon="pause" tone="warn">{t("rules.paused")}</Chip>}
      </p>
      {moving && <MoveDialog entry={moving} entries={entries} onClose={() => setMoving(null)} onMove={actions.before} />}
    </header>
  );
}

function Title({ entry, why }: { entry: Entry; why: string }) {
  const t = useT();
  const edit = useEdit();
  const { tag } = useLanguage();
  const save = (text: string) => {
    const op: Operation = { do: "set_words", list: entry.kind, row: entry.id, key: "title", language: tag, text };
    if (text.trim() && text.trim() !== entry.title) void edit({ ...op, text: text.trim() });
  };
  return (
    <h1>
      <textarea
        key={entry.title}
        rows={1}
        className="title-input"
        aria-label={t("rules.title")}
        defaultValue={entry.title}
        readOnly={Boolean(why)}
        title={why}
        maxLength={120}
        placeholder={t("rules.otherwise")}
        onBlur={(e) => save(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === "Enter") {
            e.preventDefault();
            e.currentTarget.blur();
          }
          if (e.key === "Escape") {
            e.currentTarget.value = entry.title;
            e.currentTarget.blur();
          }
        }}
      />
    </h1>
  );
}

/** The whole sentence, as the server writes it; read aloud after every change. */
function ReadsAs({ entry }: { entry: Entry }) {
  const t = useT();
  const voice = useVoice();
  const text = sentenceText(entry.sentence);
  const last = useRef(text);
  useEffect(() => {
    if (last.current !== text) voice.say(text);
    last.current = text;
  }, [text, voice]);
  if (!entry.rule) return null;
  return (
    <blockquote className="reads-as">
      <span className="word">{t("rules.readsAs")}:</span> <Tokens tokens={entry.sentence} />
    </blockquote>
  );
}
