import { useDrafts, useMe } from "../api/hooks";
import { useDraft } from "../draft";
import { useT } from "../i18n";
import { Icon } from "../ui/Icon";
import { Menu, type MenuEntry } from "../ui/Menu";

/** Chooses what is worked on: live content, or one of the open drafts. */
export default function DraftMenu() {
  const t = useT();
  const { draft, open } = useDraft();
  const drafts = useDrafts().data ?? [];
  const me = useMe().data;
  const mine = (authors: readonly string[]) => (me && authors.includes(me.name) ? "" : ` · ${authors[0] ?? ""}`);
  const entries: MenuEntry[] = [
    { id: "live", label: t("draft.lookAtLive"), run: () => void open(null) },
    ...drafts.map((d) => ({ id: d.draftId, label: (d.title || t("draft.noTitle")) + mine(d.authors), run: () => void open(d.draftId) })),
  ];
  return (
    <Menu label={t("draft.choose")} entries={entries}>
      <span className="draft-name">{draft ? draft.title || t("draft.noTitle") : t("draft.liveTitle")}</span>
      <Icon name="chevron" size={16} />
    </Menu>
  );
}
