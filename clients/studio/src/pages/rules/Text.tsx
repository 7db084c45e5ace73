import { useEffect, useMemo } from "react";
import { Link, useLocation, useRoute, useSearch } from "wouter";
import { useFile, useMe } from "../../api/hooks";
import type { Problem } from "../../api/types";
import { useCheck, useDraft, useEdit, useWorkingContent } from "../../draft";
import { useT } from "../../i18n";
import { may } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Failed, Loading, PageHead } from "../../ui/parts";
import { editWhy } from "./entries";
import { useYamlEditor } from "./useYamlEditor";

/** The files of the content as text. What is typed goes into the same draft. */
export default function Text() {
  const t = useT();
  const [, params] = useRoute("/rules/text/*?");
  const [, go] = useLocation();
  const { ref, etag, problems: last, draft } = useDraft();
  const content = useWorkingContent();
  const { report } = useCheck();
  const me = useMe().data;
  const files = content.data?.files ?? [];
  const file = params?.["*"] || (files.includes("mindset.yaml") ? "mindset.yaml" : (files[0] ?? ""));
  const text = useFile(ref, file, etag || (content.data?.digest ?? ""));
  const problems = useMemo(() => unique([...last, ...(report?.problems ?? []), ...(content.data?.problems ?? [])]), [last, report, content.data]);
  if (content.isError && !content.data) return <Failed error={content.error} retry={() => void content.refetch()} />;
  if (!content.data) return <Loading />;
  const here = problems.filter((p) => p.file === file);
  return (
    <>
      <PageHead
        title={t("rules.text")}
        actions={
          <>
            <label className="file-choice">
              {t("text.file")}
              <select value={file} onChange={(e) => go(`/rules/text/${e.target.value}`)}>
                {files.map((f) => <option key={f}>{f}</option>)}
              </select>
            </label>
            <Link className="button" data-kind="plain" href="/rules">{t("rules.all")}</Link>
          </>
        }
      >
        {t("text.about")}
      </PageHead>
      {text.isError && <Failed error={text.error} retry={() => void text.refetch()} />}
      {text.data !== undefined && <File key={`${ref.draftId ?? ""}/${file}`} file={file} text={text.data} problems={here} why={editWhy(may(draft?.permissions ?? me?.permissions, "edit"))} />}
    </>
  );
}

interface FileProps {
  file: string;
  text: string;
  problems: readonly Problem[];
  why: string;
}

function File({ file, text, problems, why }: FileProps) {
  const t = useT();
  const edit = useEdit();
  const line = Number(new URLSearchParams(useSearch()).get("line")) || 0;
  const { place, behind, take, goTo } = useYamlEditor({
    text,
    problems,
    label: t("text.label", { file }),
    readOnly: why !== "",
    save: (typed) => void edit({ do: "write_file", file, text: typed }),
  });
  useEffect(() => {
    if (line > 0) goTo(line);
  }, [line, goTo]);
  return (
    <section className="text-view">
      {behind && <p className="banner"><Icon name="warning" /> {t("text.other")} <button type="button" className="button" data-kind="quiet" onClick={take}>{t("text.take")}</button></p>}
      <div ref={place} className="text-editor" />
      <div className="text-problems" role="status">
        <p className="muted">{why || t("text.problems", { count: problems.length })}</p>
        <ul>
          {problems.map((p) => (
            <li key={`${p.line}:${p.column}:${p.code}`}>
              <button type="button" className="button" data-kind="quiet" onClick={() => goTo(p.line)}>
                <Icon name="warning" size={16} /> {t("text.line", { line: p.line })}
              </button>
              {p.message} {p.suggestion && <span className="muted">{t("text.meant", { word: p.suggestion })}</span>}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function unique(all: readonly Problem[]): Problem[] {
  const seen = new Map(all.map((p) => [`${p.file}:${p.line}:${p.column}:${p.message}`, p]));
  return [...seen.values()].sort((a, b) => a.line - b.line);
}
