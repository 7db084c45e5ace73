// Small pieces that need no widgets.
import type { ReactNode } from "react";
import { errorKey, serverWords } from "../api/errors";
import { useT } from "../i18n";
import { Button } from "./Button";
import { Icon, type IconName } from "./Icon";

export type Tone = "good" | "bad" | "warn" | "accent" | "neutral";

/** A word or two that stand out. The tone repeats what the words say. */
export function Chip({ tone = "neutral", icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className="chip" data-tone={tone}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}

/** A block with a border of its own. */
export function Card({ tone, title, children, actions }: { tone?: Tone; title?: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  return (
    <section className="card" data-tone={tone}>
      {title && <h3>{title}</h3>}
      {children}
      {actions && <div className="actions">{actions}</div>}
    </section>
  );
}

/** What stands where there is nothing to show, and what to do about it. */
export function Empty({ icon = "rules", title, children, action }: { icon?: IconName; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={icon} size={28} />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

/** Says that something is on its way; quiet for the first moments. */
export function Loading() {
  const t = useT();
  return <p className="loading" role="status">{t("state.loading")}</p>;
}

/** Why something cannot be shown, and a way to try again. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useT();
  return (
    <div className="empty" role="alert">
      <Icon name="warning" size={28} />
      <h2>{t(`error.${errorKey(error)}`)}</h2>
      {serverWords(error) && <p>{serverWords(error)}</p>}
      {retry && <Button onPress={retry}>{t("action.retry")}</Button>}
    </div>
  );
}

/** The head of a page: what it is, and what can be done on it. */
export function PageHead({ title, children, actions }: { title: ReactNode; children?: ReactNode; actions?: ReactNode }) {
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {children && <p className="muted">{children}</p>}
      </div>
      {actions && <div className="actions">{actions}</div>}
    </header>
  );
}
