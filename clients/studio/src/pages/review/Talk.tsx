import { useId, useState } from "react";
import { refusal, useFlow } from "../../api/flow";
import type { Comment, Draft, Review } from "../../api/types";
import { Reviews } from "../../flow/People";
import { useT } from "../../i18n";
import { Button, may } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { useToasts } from "../../ui/Toasts";
import { useWhen } from "../../ui/when";

type Entry = { at: string; comment: Comment } | { at: string; review: Review };

/** Comments and verdicts in the order in which they came. */
export function Talk({ draft }: { draft: Draft }) {
  const t = useT();
  const entries: Entry[] = [
    ...draft.comments.map((comment) => ({ at: comment.at, comment })),
    ...draft.reviews.map((review) => ({ at: review.at, review })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return (
    <section className="talk">
      {entries.length === 0 && <p className="muted">{t("talk.none")}</p>}
      <ol>
        {entries.map((e) => ("comment" in e ? <Said key={e.at + e.comment.by} comment={e.comment} /> : <li key={e.at + e.review.by}><Reviews reviews={[e.review]} /></li>))}
      </ol>
      <Say draft={draft} on="" label={t("talk.label")} />
    </section>
  );
}

function Said({ comment }: { comment: Comment }) {
  const when = useWhen();
  return (
    <li className="said">
      <p><strong>{comment.by}</strong> <small className="muted"><time dateTime={comment.at}>{when.moment(comment.at)}</time>{comment.on && ` · ${comment.on.split("/").at(-1)!}`}</small></p>
      <p>{comment.text}</p>
    </li>
  );
}

/** What was said about one change, and a place to say more. */
export function CommentsOn({ draft, on }: { draft: Draft; on: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const said = draft.comments.filter((c) => c.on === on);
  return (
    <div className="comments-on">
      {said.length > 0 && <ol>{said.map((c) => <Said key={c.at + c.by} comment={{ ...c, on: "" }} />)}</ol>}
      {open ? <Say draft={draft} on={on} label={t("talk.label")} focus onDone={() => setOpen(false)} /> : (
        <Button kind="quiet" permission={may(draft.permissions, "comment")} onPress={() => setOpen(true)}><Icon name="quote" size={16} /> {t("talk.comment")}</Button>
      )}
    </div>
  );
}

interface SayProps {
  draft: Draft;
  on: string;
  label: string;
  focus?: boolean;
  onDone?(): void;
}

/** A few words; Enter sends them, Shift+Enter begins a line. */
function Say({ draft, on, label, focus, onDone }: SayProps) {
  const t = useT();
  const { act } = useFlow();
  const { show } = useToasts();
  const [text, setText] = useState("");
  const [sending, setSending] = useState(false);
  const id = useId();
  const send = async () => {
    if (!text.trim() || sending) return;
    setSending(true);
    try {
      await act("comment", draft, { on, text: text.trim() });
      setText("");
      onDone?.();
    } catch (error) {
      const why = refusal(error);
      show({ text: why.words || t(`error.${why.key}`), tone: "bad" });
    } finally {
      setSending(false);
    }
  };
  return (
    <form className="say" onSubmit={(e) => { e.preventDefault(); void send(); }}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={2000}
        value={text}
        autoFocus={focus}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === "Escape" && onDone) onDone();
          if (e.key !== "Enter" || e.shiftKey || e.nativeEvent.isComposing) return;
          e.preventDefault();
          void send();
        }}
      />
      <div className="actions">
        <Button submit why={!text.trim() && t("talk.empty")} permission={may(draft.permissions, "comment")}>{t("talk.send")}</Button>
        {onDone && <Button kind="quiet" onPress={onDone}>{t("action.cancel")}</Button>}
        <small className="muted">{t("talk.keys")}</small>
      </div>
    </form>
  );
}
