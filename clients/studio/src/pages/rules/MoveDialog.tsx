import { useT } from "../../i18n";
import { Dialog } from "../../ui/Dialog";
import { Picker } from "../../ui/Picker";
import { sentenceText } from "../../ui/Tokens";
import type { Entry } from "./entries";

interface MoveProps {
  entry: Entry;
  entries: readonly Entry[];
  onClose(): void;
  onMove(e: Entry, before: string): void;
}

/** Puts a rule before another one, without dragging. */
export function MoveDialog({ entry, entries, onClose, onMove }: MoveProps) {
  const t = useT();
  const others = entries.filter((e) => e.kind === entry.kind && e.key !== entry.key && !e.rule?.isDefault);
  return (
    <Dialog title={t("rules.beforeWhich", { title: entry.title })} open onClose={onClose}>
      <Picker
        label={t("rules.search")}
        emptyText={t("state.nothingFound")}
        items={others.map((e) => ({ id: e.id, label: e.title, note: sentenceText(e.sentence) }))}
        onPick={([before]) => {
          if (before) onMove(entry, before);
          onClose();
        }}
      />
    </Dialog>
  );
}
