import { useDrafts, useMe } from "../api/hooks";
import { useDraft } from "../draft";
import { useT } from "../i18n";

/** Chooses what is worked on: live content, or one of the open drafts. */
export function DraftMenu() {
  const t = useT();
  const { draft, open } = useDraft();
  const drafts = useDrafts().data ?? [];
  const me = useMe().data;
  const theirs = (authors: readonly string[]) => (me && authors.length > 0 && !authors.includes(me.name) ? ` · ${authors[0]}` : "");
  const all = draft && !drafts.some((d) => d.draftId === draft.draftId) ? [draft, ...drafts] : drafts;
  return (
    <select className="draft-name" aria-label={t("draft.choose")} value={draft?.draftId ?? ""} onChange={(e) => void open(e.target.value || null)}>
      <option value="">{t("draft.lookAtLive")}</option>
      {all.map((d) => (
        <option key={d.draftId} value={d.draftId}>{(d.title || t("draft.noTitle")) + theirs(d.authors)}</option>
      ))}
    </select>
  );
}
