import { lazy, Suspense, useEffect } from "react";
import { Link } from "wouter";
import { useCompare, useMeta } from "../api/hooks";
import { useCheck, useDraft } from "../draft";
import { useT } from "../i18n";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Chip } from "../ui/parts";
import { DraftMenu } from "./DraftMenu";
import { useShell } from "./state";
import "./draftbar.css";

const MergeCard = lazy(() => import("./MergeCard"));

/** What is being worked on, on every page: the draft, how it stands, undo. */
export default function DraftBar() {
  const t = useT();
  const d = useDraft();
  const meta = useMeta().data;
  const { panel, setPanel } = useShell();
  useUndoKeys(d.undoOne, d.redoOne);
  return (
    <div className="draft-bar" role="region" aria-label={t("draft.region")}>
      <DraftMenu />
      {d.draft ? <Standing /> : meta && <span className="muted">{t("draft.live", { version: meta.version })}</span>}
      <span className="grow" />
      <Saved />
      <Button kind="icon" label={t("action.undo")} aria-keyshortcuts="Control+Z" why={d.undo.length === 0 && t("draft.nothingToUndo")} onPress={() => void d.undoOne()}><Icon name="undo" /></Button>
      <Button kind="icon" label={t("action.redo")} aria-keyshortcuts="Control+Y" why={d.redo.length === 0 && t("draft.nothingToRedo")} onPress={() => void d.redoOne()}><Icon name="redo" /></Button>
      <Button kind="plain" aria-pressed={panel} onPress={() => setPanel(!panel)}><Icon name="try" size={16} /> {t("nav.try")}</Button>
      {d.draft && <Link className="button" data-kind="primary" href={`/review/${d.draft.draftId}`}>{t("draft.review")}</Link>}
      {d.status === "offline" && <p className="banner" role="alert"><Icon name="warning" /> {t("draft.offline", { count: d.waiting.length })} <Button kind="quiet" onPress={() => void d.retry()}>{t("action.retry")}</Button></p>}
      {meta && <NewBuild build={meta.build} />}
      {d.stale && <Suspense><MergeCard stale={d.stale} onSettle={(whose) => void d.settle(whose)} /></Suspense>}
    </div>
  );
}

/** How many changes there are, and whether anything speaks against them. */
function Standing() {
  const t = useT();
  const { ref, etag, draft } = useDraft();
  const { report, checking } = useCheck();
  const compared = useCompare({ version: draft!.baseVersion }, ref, { etag, enabled: !checking }).data;
  const wrong = report ? report.findings.length + report.failedCases.length + report.problems.filter((p) => p.severity === "error").length : 0;
  return (
    <span className="standing">
      {compared && <span className="muted">{t("draft.changes", { count: compared.changes.length })}</span>}
      {checking ? <Chip>{t("draft.checking")}</Chip> : report?.green ? <Chip tone="good" icon="check">{t("draft.green")}</Chip> : report && <Chip tone="warn" icon="warning">{t("draft.toFix", { count: wrong })}</Chip>}
    </span>
  );
}

function Saved() {
  const t = useT();
  const { status, waiting } = useDraft();
  const words = { idle: "", saving: t("draft.saving"), saved: t("draft.saved"), offline: t("draft.waiting", { count: waiting.length }), stale: t("draft.stale") }[status];
  return <span className="saved" data-status={status}>{words}</span>;
}

let firstBuild = "";

/** The page and the server are one build: after an update the page is old. */
function NewBuild({ build }: { build: string }) {
  const t = useT();
  firstBuild ||= build;
  if (build === firstBuild) return null;
  return <p className="banner" role="status">{t("app.newBuild")} <Button kind="quiet" onPress={() => location.reload()}>{t("action.reload")}</Button></p>;
}

/** Ctrl+Z undoes in the draft, unless words are being typed. */
function useUndoKeys(undo: () => Promise<void>, redo: () => Promise<void>) {
  useEffect(() => {
    const pressed = (e: KeyboardEvent) => {
      const typing = (e.target as Element | null)?.closest("input, textarea, [contenteditable]");
      if (!(e.ctrlKey || e.metaKey) || e.altKey || typing) return;
      const key = e.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      e.preventDefault();
      void (key === "y" || e.shiftKey ? redo() : undo());
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [undo, redo]);
}
