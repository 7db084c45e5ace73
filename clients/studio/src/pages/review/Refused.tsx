import type { Refusal } from "../../api/flow";
import type { Draft } from "../../api/types";
import { useCapacity } from "../../flow/People";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { useToasts } from "../../ui/Toasts";

interface RefusedProps {
  why: Refusal;
  draft: Draft;
  onShow(tab: string): void;
  onRebase(): void;
  onSubmit(): void;
}

/** The next step after a refusal, as a button. */
export function Refused({ why, draft, onShow, onRebase, onSubmit }: RefusedProps) {
  const t = useT();
  const capacity = useCapacity();
  const { show } = useToasts();
  const copy = async () => {
    await navigator.clipboard?.writeText(location.href.split("#")[0]!);
    show({ text: t("refused.copied") });
  };
  switch (why.reason) {
    case "NOT_GREEN":
      return <Button onPress={() => onShow("guards")}>{t("refused.fix")}</Button>;
    case "REBASE_NEEDED":
    case "CONFLICT":
      return <Button onPress={onRebase}>{t("do.rebase")}</Button>;
    case "NOT_APPROVED":
      return (
        <>
          {why.missing.length > 0 && <ul>{why.missing.map((r) => <li key={r.as}>{t("refused.missing", { count: r.count, as: capacity(r.as) })}</li>)}</ul>}
          {draft.state === "DRAFT" || draft.state === "REJECTED" ? <Button onPress={onSubmit}>{t("do.submit")}</Button> : <Button onPress={() => void copy()}>{t("refused.ask")}</Button>}
        </>
      );
    case "STALE_ETAG":
    case "WRONG_STATE":
      return <Button onPress={() => onShow("changed")}>{t("refused.readAgain")}</Button>;
  }
  return null;
}
