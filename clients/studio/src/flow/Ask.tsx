import { useId, useState, type ReactNode } from "react";
import { refusal, type Refusal } from "../api/flow";
import { useT } from "../i18n";
import { Button, type ButtonProps } from "../ui/Button";
import { Dialog } from "../ui/Dialog";

interface AskProps {
  title: string;
  confirm: string;
  kind?: ButtonProps["kind"];
  /** Words that go with it; "required" if they must. */
  note?: "optional" | "required";
  noteLabel?: string;
  /** Why it cannot be confirmed now. */
  why?: string | false;
  children?: ReactNode;
  /** Does it; what it throws is shown, with the next step. */
  onConfirm(note: string): Promise<void>;
  onClose(): void;
  /** What to do about a refusal. */
  refused?(why: Refusal): ReactNode;
  wide?: boolean;
}

/** Asks before something is done that others see. Enter confirms. */
export function Ask({ title, confirm, kind = "primary", note, noteLabel, why, children, onConfirm, onClose, refused, wide }: AskProps) {
  const t = useT();
  const id = useId();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Refusal>();
  const missing = note === "required" && !text.trim() ? t("ask.needsWords") : "";
  const reason = why || missing || (busy && t("ask.busy"));
  const send = async () => {
    if (reason) return;
    setBusy(true);
    setFailed(undefined);
    try {
      await onConfirm(text.trim());
      onClose();
    } catch (error) {
      setFailed(refusal(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} open onClose={onClose} wide={wide}>
      <form className="ask" onSubmit={(e) => { e.preventDefault(); void send(); }}>
        {children}
        {note && (
          <div className="field-row">
            <label htmlFor={id}>{noteLabel ?? t("ask.note")}{note === "optional" && <span className="muted"> {t("ask.optional")}</span>}</label>
            <textarea
              id={id}
              rows={2}
              maxLength={2000}
              value={text}
              autoFocus={note === "required"}
              onChange={(e) => setText(e.target.value)}
              onKeyDown={(e) => {
                if (e.key !== "Enter" || e.shiftKey || e.nativeEvent.isComposing) return;
                e.preventDefault();
                void send();
              }}
            />
          </div>
        )}
        {failed && (
          <div className="refused" role="alert">
            <p><strong>{t(`refused.${known.has(failed.reason) ? failed.reason : "other"}`)}</strong> {failed.words || t(`error.${failed.key}`)}</p>
            {refused?.(failed)}
          </div>
        )}
        <div className="actions">
          <Button kind={kind} submit why={reason} autoFocus={note !== "required"}>{confirm}</Button>
          <Button kind="quiet" onPress={onClose}>{t("action.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

const known = new Set(["NOT_GREEN", "NOT_APPROVED", "REBASE_NEEDED", "CONFLICT", "STALE_ETAG", "WRONG_STATE", "OWN_DRAFT", "CAPACITY_MISSING"]);
