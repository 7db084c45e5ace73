import { Link } from "wouter";
import type { Content, Fact } from "../../api/types";
import { useT } from "../../i18n";
import { Icon, type IconName } from "../../ui/Icon";
import { Chip } from "../../ui/parts";
import { spelling, type Evaluation, type Recommendation } from "./answers";

type Row = Evaluation["traces"][number]["rows"][number];

interface AnswerProps {
  evaluation: Evaluation;
  content: Content | undefined;
  facts: readonly Fact[];
  /** "Live", "Draft" or both. */
  title: string;
  /** Says that the other content answers the same. */
  same?: string;
}

/** What a content answers a person, and why, always in sight. */
export function Answer({ evaluation, content, facts, title, same }: AnswerProps) {
  const t = useT();
  const recommendations = evaluation.decision?.recommendations ?? [];
  return (
    <section className="answer" aria-label={t("try.answerOf", { title })}>
      <header className="answer-head">
        <h3>{title}</h3>
        {same && <Chip tone="good" icon="check">{same}</Chip>}
      </header>
      {evaluation.problems.map((p) => <p key={p.message} className="bad"><Icon name="warning" size={16} /> {p.message}</p>)}
      {recommendations.map((r, i) => (
        <div key={r.topic + i} className="recommendation">
          <Said r={r} content={content} facts={facts} many={recommendations.length > 1} />
          <Why rows={evaluation.traces[i]?.rows ?? []} content={content} facts={facts} />
        </div>
      ))}
      {recommendations.length === 0 && evaluation.problems.length === 0 && <p className="muted">{t("try.nothing")}</p>}
    </section>
  );
}

const label = (facts: readonly Fact[], name: string, id: string): string => facts.find((f) => f.name === name)?.values.find((v) => v.id === id)?.label ?? id;

/** Who speaks, to what kind of member, with what words. */
function Said({ r, content, facts, many }: { r: Recommendation; content: Content | undefined; facts: readonly Fact[]; many: boolean }) {
  const t = useT();
  const sender = spelling(r.sender);
  const topic = content?.topics.find((x) => x.id === r.topic)?.label ?? r.topic;
  return (
    <div className="said" data-sender={sender}>
      {many && topic && <p className="muted">{t("try.about", { topic })}</p>}
      <p className="who-speaks">
        <strong>{t(`try.sender.${sender}`)}</strong>
        <span className="muted">{t("try.seenAs", { mindset: label(facts, "mindset", spelling(r.mindset)) })}</span>
      </p>
      {r.advice.map((a) => (
        <blockquote key={a.id} lang={a.language || undefined}>
          {a.title && <strong>{a.title}</strong>}
          <p>{a.text}</p>
        </blockquote>
      ))}
      {r.advice.length === 0 && r.handoff && <blockquote className="handoff"><p>{r.handoff}</p></blockquote>}
      {r.advice.length === 0 && !r.handoff && sender !== "nobody" && <p className="muted">{t("try.noWords")}</p>}
      {r.suppressed.length > 0 && (
        <ul className="held">
          {r.suppressed.map((s) => (
            <li key={s.adviceId}>
              <Icon name="pause" size={14} /> {t("try.held", { title: adviceTitle(content, s.adviceId), why: t(`try.code.${s.code.toLowerCase()}`) })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function adviceTitle(content: Content | undefined, id: string, language?: string): string {
  const words = content?.advice.find((a) => a.id === id)?.words ?? {};
  return (words[language ?? document.documentElement.lang] ?? words.en ?? Object.values(words)[0])?.title || id.replace(/_/g, " ");
}

const marks: Record<string, { icon: IconName; tone: string }> = {
  DECIDED: { icon: "check", tone: "decided" },
  FITTED: { icon: "check", tone: "fitted" },
  ALMOST: { icon: "close", tone: "almost" },
};

/** How many rules of a kind are listed before the rest is folded. */
const atOnce = 5;

/** Every rule that decided, that fitted too, and that nearly fitted with what it lacks. */
function Why({ rows, content, facts }: { rows: readonly Row[]; content: Content | undefined; facts: readonly Fact[] }) {
  const t = useT();
  const groups = (["DECIDED", "ALMOST", "FITTED"] as const).map((v) => ({ v, rows: rows.filter((r) => r.verdict === v) })).filter((g) => g.rows.length > 0);
  return (
    <div className="why">
      {groups.map(({ v, rows }) => (
        <div key={v} className="why-group">
          <h4>{t(`try.why.${v.toLowerCase()}`)}</h4>
          <Rows rows={rows.slice(0, atOnce)} content={content} facts={facts} />
          {rows.length > atOnce && (
            <details>
              <summary><Icon name="chevron" size={16} /> {t("try.why.more", { count: rows.length - atOnce })}</summary>
              <Rows rows={rows.slice(atOnce)} content={content} facts={facts} />
            </details>
          )}
        </div>
      ))}
    </div>
  );
}

function Rows({ rows, content, facts }: { rows: readonly Row[]; content: Content | undefined; facts: readonly Fact[] }) {
  return (
    <ul>
      {rows.map((r, i) => (
        <li key={r.table + r.ruleId + i} data-verdict={marks[r.verdict]!.tone}>
          <Icon name={marks[r.verdict]!.icon} size={16} />
          <div>
            <p><RuleName row={r} content={content} /> <span className="muted">{outcome(r, facts)}</span></p>
            {r.verdict === "DECIDED" && r.because && <p className="muted">{r.because}</p>}
            {r.verdict === "ALMOST" && <p className="lacks">{r.needs || r.failed}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

function outcome(r: Row, facts: readonly Fact[]): string {
  if (r.table !== "mindset" && r.table !== "sender") return "";
  return `→ ${label(facts, r.table, r.outcome)}`;
}

function RuleName({ row, content }: { row: Row; content: Content | undefined }) {
  const t = useT();
  if (row.table === "advice") return <span>{t("try.adviceItem", { title: adviceTitle(content, row.ruleId) })}</span>;
  const rule = content?.rules.find((r) => r.table === row.table && r.id === row.ruleId);
  if (!rule) return <span>{row.table === "safety" ? t("try.gate") : row.sentence || t("try.choice")}</span>;
  return <Link href={`/rules/${rule.table}/${rule.id}`}>{rule.title || (rule.isDefault ? t("try.default") : row.sentence)}</Link>;
}
