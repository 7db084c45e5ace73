import { useFlow } from "../../api/flow";
import { useCompare, useContent, useVersions } from "../../api/hooks";
import type { Version } from "../../api/types";
import { titleOf } from "../../flow/told";
import { Ask } from "../../flow/Ask";
import { useLanguage, useT } from "../../i18n";
import { Chip } from "../../ui/parts";
import { useToasts } from "../../ui/Toasts";
import { versionTitle } from "./words";

const storiesShown = 3;

/** Puts the content of an earlier version into force again, told beforehand whom that affects. */
export function RollBack({ version, onClose }: { version: Version; onClose(): void }) {
  const t = useT();
  const { tag } = useLanguage();
  const { rollBack } = useFlow();
  const { show } = useToasts();
  const live = useVersions().data?.find((v) => v.live)?.number ?? 0;
  const before = { version: live };
  const after = { version: version.number };
  const compared = useCompare(before, after, { regions: true, enabled: live > 0 });
  const was = useContent(before, live > 0).data;
  const is = useContent(after).data;
  const { data } = compared;
  return (
    <Ask
      wide
      title={t("back.title", { number: version.number })}
      confirm={t("back.confirm")}
      note="optional"
      noteLabel={t("back.note")}
      onClose={onClose}
      onConfirm={async (note) => {
        const now = await rollBack(version.number, note);
        show({ text: t("back.done", { version: now.number }) });
      }}
    >
      <p>{t("back.what", { title: versionTitle(t, version), live })}</p>
      <div aria-live="polite" className="back-impact">
        {compared.error ? <p className="notice" data-tone="warn">{t("back.notCompared")}</p> : !data ? <p className="muted">{t("back.comparing")}</p> : (
          <>
            <p className="actions">
              <Chip tone="accent">{t("back.changes", { count: data.changes.length })}</Chip>
              <Chip tone={data.regions.length > 0 ? "warn" : "good"}>{t("back.regions", { count: data.regions.length })}</Chip>
            </p>
            {data.changes.length > 0 && <ul className="back-changes">{data.changes.map((c) => <li key={c.file + c.list + c.id}>{(c.id && titleOf(c, was, is, tag)) || c.file} <span className="muted">{t("change.kind", { kind: c.beforeText === "" ? "added" : c.afterText === "" ? "removed" : "changed" })}</span></li>)}</ul>}
            {data.regions.slice(0, storiesShown).map((r) => <p key={r.table + r.beforeRule + r.afterRule} className="story">{r.afterStory}</p>)}
            {data.regions.length > storiesShown && <p className="muted">{t("back.more", { count: data.regions.length - storiesShown })}</p>}
          </>
        )}
      </div>
    </Ask>
  );
}
