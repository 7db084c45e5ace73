import { useMemo } from "react";
import { useLocation } from "wouter";
import { useWorkingContent } from "../draft";
import { useT } from "../i18n";
import { Dialog } from "../ui/Dialog";
import { Picker, type PickerItem } from "../ui/Picker";
import { sentenceText } from "../ui/Tokens";
import { screens } from "./routes";

/** Goes to any screen or rule by typing a few letters. */
export default function Palette({ onClose }: { onClose(): void }) {
  const t = useT();
  const [, go] = useLocation();
  const content = useWorkingContent().data;
  const items = useMemo<PickerItem[]>(
    () => [
      ...screens.map((s) => ({ id: s.path, label: t(`nav.${s.id}`), group: t("palette.screens") })),
      ...(content?.rules ?? []).map((r) => ({
        id: `/rules/${r.table}/${r.id}`,
        label: r.title || sentenceText(r.sentence),
        note: r.title ? sentenceText(r.sentence) : undefined,
        group: t("palette.rules"),
      })),
    ],
    [content, t],
  );
  return (
    <Dialog title={t("palette.open")} open onClose={onClose} wide>
      <Picker
        label={t("palette.hint")}
        items={items}
        emptyText={t(content ? "state.nothingFound" : "state.loading")}
        onPick={([to]) => {
          if (!to) return;
          onClose();
          go(to);
        }}
      />
    </Dialog>
  );
}
