import { useState, type ReactNode } from "react";
import { useFlow, type Refusal } from "../../api/flow";
import type { Draft } from "../../api/types";
import { Ask } from "../../flow/Ask";
import { useT } from "../../i18n";
import { useToasts } from "../../ui/Toasts";
import { MomentFields, useMoment } from "./Moment";

interface SubmitProps {
  draft: Draft;
  why: string;
  refused(why: Refusal): ReactNode;
  onClose(): void;
}

/** Asks for reviews and, if wanted, for the server to publish with the last approval. */
export function Submit({ draft, why, refused, onClose }: SubmitProps) {
  const t = useT();
  const { act } = useFlow();
  const { show } = useToasts();
  const [publish, setPublish] = useState(false);
  const [later, setLater] = useState(false);
  const moment = useMoment();
  const wrong = publish && later ? moment.wrong : "";
  const confirm = async (text: string) => {
    await act("submit", draft, { text, ...(publish && { publishWhenApproved: true }), ...(publish && later && { publishAt: moment.at!.toISOString() }) });
    show({ text: t(publish ? "submit.doneToo" : "submit.done") });
  };
  return (
    <Ask title={t("do.submit")} confirm={t("do.submit")} note="optional" noteLabel={t("submit.note")} why={why || wrong} refused={refused} onClose={onClose} onConfirm={confirm}>
      <p>{t("submit.what")}</p>
      <div className="choices">
        <label className="check"><input type="checkbox" checked={publish} onChange={(e) => setPublish(e.target.checked)} /> {t("submit.publish")}</label>
        {publish && <p className="muted">{t("submit.publishWhat")}</p>}
        {publish && draft.baseVersion > 0 && <label className="check"><input type="checkbox" checked={later} onChange={(e) => setLater(e.target.checked)} /> {t("submit.at")}</label>}
      </div>
      {publish && later && <MomentFields moment={moment} />}
    </Ask>
  );
}
