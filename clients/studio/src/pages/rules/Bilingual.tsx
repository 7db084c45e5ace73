import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { useLanguage, useT, type Tag } from "../../i18n";

const tags: readonly Tag[] = ["en", "es"];
const quietMs = 700;

interface Props {
  label: string;
  texts: Record<Tag, string | undefined>;
  why: string;
  rows?: number;
  onSave(language: Tag, text: string): void;
  /** What stands below the field, such as a measure; gets what is typed and a way to put words in. */
  foot?(language: Tag, text: string, insert: (words: string) => void): ReactNode;
}

/** Words in English and Spanish behind two tabs, saved while they are typed. */
export function Bilingual({ label, texts, why, rows = 3, onSave, foot }: Props) {
  const t = useT();
  const id = useId();
  const { tag } = useLanguage();
  const [language, setLanguage] = useState<Tag>(tag);
  const next = (e: React.KeyboardEvent, by: number) => {
    e.preventDefault();
    const to = tags[(tags.indexOf(language) + by + tags.length) % tags.length]!;
    setLanguage(to);
    document.getElementById(`${id}-${to}`)?.focus();
  };
  return (
    <section className="card bilingual" aria-labelledby={`${id}-label`}>
      <div className="bilingual-head">
        <h2 id={`${id}-label`}>{label}</h2>
        <div role="tablist" aria-labelledby={`${id}-label`} className="tabs">
          {tags.map((x) => (
            <button
              key={x}
              type="button"
              role="tab"
              id={`${id}-${x}`}
              className="tab-button"
              aria-selected={x === language}
              aria-controls={`${id}-panel`}
              tabIndex={x === language ? 0 : -1}
              onClick={() => setLanguage(x)}
              onKeyDown={(e) => {
                if (e.key === "ArrowRight") next(e, 1);
                if (e.key === "ArrowLeft") next(e, -1);
              }}
            >
              {t(`rules.language.${x}`)}
            </button>
          ))}
        </div>
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${language}`}>
        <Field key={language} label={`${label}, ${t(`rules.language.${language}`)}`} language={language} text={texts[language]} why={why} rows={rows} onSave={onSave} foot={foot} />
      </div>
    </section>
  );
}

interface FieldProps extends Omit<Props, "texts"> {
  language: Tag;
  text: string | undefined;
  rows: number;
}

function Field({ label, language, text, why, rows, onSave, foot }: FieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const pending = useRef<{ text: string; timer: ReturnType<typeof setTimeout> } | null>(null);
  const save = useRef(onSave);
  save.current = onSave;
  const flush = () => {
    if (!pending.current) return;
    clearTimeout(pending.current.timer);
    const { text } = pending.current;
    pending.current = null;
    save.current(language, text);
  };
  // What is still waiting is saved when the field goes away.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useEffect(() => flush, []);
  // What comes from the server shows once it is what was typed, or nothing is.
  useEffect(() => {
    if (typed !== null && text === typed && !pending.current) setTyped(null);
  }, [text, typed]);
  const type = (next: string) => {
    setTyped(next);
    if (pending.current) clearTimeout(pending.current.timer);
    pending.current = { text: next, timer: setTimeout(flush, quietMs) };
  };
  const insert = (words: string) => {
    const at = field.current;
    if (!at) return;
    const now = typed ?? text ?? "";
    type(now.slice(0, at.selectionStart) + words + now.slice(at.selectionEnd));
    at.focus();
  };
  const shown = typed ?? text ?? "";
  return (
    <>
      <textarea ref={field} lang={language} aria-label={label} rows={rows} value={shown} readOnly={Boolean(why) || text === undefined} title={why} onChange={(e) => type(e.target.value)} onBlur={flush} />
      {foot?.(language, shown, insert)}
    </>
  );
}
