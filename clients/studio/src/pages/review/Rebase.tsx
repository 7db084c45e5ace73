import { useId, useState } from "react";
import { tenant, useContent } from "../../api/hooks";
import { refusal, useFlow } from "../../api/flow";
import { api } from "../../api/session";
import type { Clash, Content, ContentRef, Draft } from "../../api/types";
import { useDraft, useEdit } from "../../draft";
import { LineDiff } from "../../flow/ChangeList";
import { useT } from "../../i18n";
import { Tokens } from "../../ui/Tokens";
import { useToasts } from "../../ui/Toasts";
import { Ask } from "../../flow/Ask";
import { clashId, doAgain, takeBack, type Choice } from "./clash";

/** Brings a draft up to date; where both sides changed the same, asks which to keep. */
export function Rebase({ draft, onClose }: { draft: Draft; onClose(): void }) {
  const t = useT();
  const { act } = useFlow();
  const { show } = useToasts();
  const [clashes, setClashes] = useState<readonly Clash[]>([]);
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const settle = useSettle(draft);
  const live = useContent({}).data;
  const mine = useContent({ draftId: draft.draftId }).data;
  const open = clashes.filter((c) => !choices.has(clashId(c))).length;
  const confirm = async () => {
    try {
      if (clashes.length > 0) await settle(clashes, choices);
      else await act("rebase", draft, {});
      show({ text: t("rebase.done", { version: draft.liveVersion }) });
    } catch (error) {
      const why = refusal(error);
      if (why.reason === "CONFLICT") {
        setClashes(why.clashes);
        setChoices(new Map());
      }
      throw error;
    }
  };
  return (
    <Ask title={t("do.rebase")} confirm={t(clashes.length > 0 ? "rebase.settle" : "do.rebase")} why={open > 0 && t("rebase.choose", { count: open })} wide={clashes.length > 0} onClose={onClose} onConfirm={confirm}>
      <p>{t("rebase.what", { version: draft.liveVersion })}</p>
      {clashes.map((c) => (
        <ClashCard key={clashId(c)} clash={c} live={live} mine={mine} choice={choices.get(clashId(c))} onChoose={(choice) => setChoices(new Map(choices).set(clashId(c), choice))} />
      ))}
    </Ask>
  );
}

/** Takes the own side of clashes back, brings the draft up to date, and does again what is kept. */
function useSettle(draft: Draft) {
  const edit = useEdit();
  const { open } = useDraft();
  const { act } = useFlow();
  const fresh = () => api().call("get", "/v1/drafts/{draft_id}", { path: { draft_id: draft.draftId }, query: tenant() });
  const texts = async (clashes: readonly Clash[], ref: ContentRef) => {
    const names = [...new Set(clashes.filter((c) => c.id).map((c) => c.file))];
    const all = await Promise.all(names.map(async (file) => [file, (await api().call("get", "/v1/content/file", { query: { ...tenant(), ...ref, file } })).text] as const));
    return new Map(all);
  };
  return async (clashes: readonly Clash[], choices: ReadonlyMap<string, Choice>) => {
    await open(draft.draftId);
    const own: ContentRef = { draftId: draft.draftId };
    await edit(...takeBack(clashes, await texts(clashes, own), await texts(clashes, { version: draft.baseVersion })));
    await act("rebase", await fresh(), {});
    const again = doAgain(clashes, choices, await texts(clashes, own));
    if (again.length > 0) await edit(...again);
  };
}

interface ClashCardProps {
  clash: Clash;
  live: Content | undefined;
  mine: Content | undefined;
  choice: Choice | undefined;
  onChoose(choice: Choice): void;
}

/** One thing that both sides changed, with the choice between them. */
function ClashCard({ clash, live, mine, choice, onChoose }: ClashCardProps) {
  const t = useT();
  const name = useId();
  const rule = (c: Content | undefined) => c?.rules.find((r) => r.table === clash.list && r.id === clash.id);
  const title = rule(mine)?.title || rule(live)?.title || clash.id || clash.file;
  const side = (which: Choice, content: Content | undefined, text: string) => (
    <label className="clash-side" data-chosen={choice === which || undefined}>
      <span><input type="radio" name={name} checked={choice === which} onChange={() => onChoose(which)} /> <strong>{t(`rebase.${which}`)}</strong></span>
      {text === "" ? <em>{t("rebase.gone")}</em> : rule(content) ? <Tokens tokens={rule(content)!.sentence} /> : <LineDiff before={clash.base} after={text} />}
    </label>
  );
  return (
    <fieldset className="clash">
      <legend>{title}</legend>
      {side("theirs", live, clash.theirs)}
      {side("mine", mine, clash.mine)}
    </fieldset>
  );
}
