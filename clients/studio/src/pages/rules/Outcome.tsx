import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useState } from "react";
import type { Fact } from "../../api/types";
import { useEdit } from "../../draft";
import { useT } from "../../i18n";
import { Picker } from "../../ui/Picker";
import "../../ui/widgets.css";
import type { Entry } from "./entries";
import { ComesBack } from "./kept";
import "../../ui/tokens.css";

/** What a rule gives, as a button that offers the other choices. */
export function Outcome({ entry, facts, why }: { entry: Entry; facts: readonly Fact[]; why: string }) {
  const t = useT();
  const edit = useEdit();
  const [open, setOpen] = useState(false);
  const fact = facts.find((f) => f.name === (entry.kind === "mindset" ? "mindset" : "sender"));
  // A notice for emergencies is nothing that a rule gives.
  const choices = (fact?.values ?? []).filter((v) => v.id !== "safety");
  const words = entry.kind === "advice" ? "" : entry.sentence.find((x) => x.kind === "OUTCOME")?.text;
  const text = words || (fact?.values.find((v) => v.id === entry.outcome)?.label ?? "");
  return (
    <DialogTrigger isOpen={open} onOpenChange={(is) => setOpen(is && !why)}>
      <AriaButton className="token" data-ref="then outcome" data-token="OUTCOME" data-off={why || undefined} aria-label={t("rules.token.outcome", { text })}>{text}</AriaButton>
      <Popover className="popover" placement="bottom start">
        <Dialog className="popover-dialog" aria-label={t("rules.token.outcome", { text })}>
          <ComesBack />
          <Picker
            label={t("rules.pick.outcome")}
            plain
            items={choices.map((c) => ({ id: c.id, label: c.label }))}
            chosen={[entry.outcome]}
            emptyText={t("state.nothingFound")}
            onPick={([value]) => {
              setOpen(false);
              if (value && value !== entry.outcome) void edit({ do: "set_key", list: entry.kind, row: entry.id, key: entry.kind === "advice" ? "sender" : "then", value });
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
