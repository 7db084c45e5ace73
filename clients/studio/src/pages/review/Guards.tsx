import { Link } from "wouter";
import type { Checked } from "../../api/hooks";
import type { Draft, Fix, Report } from "../../api/types";
import { useDraft, useEdit } from "../../draft";
import { ReportView } from "../../flow/ReportView";
import { useT } from "../../i18n";
import { may } from "../../ui/Button";
import { Failed } from "../../ui/parts";

/** Each guardrail: proved, or its story with fixes that are one press away. */
export function Guards({ draft, report, kept }: { draft: Draft; report: Checked; kept: Report | undefined }) {
  const t = useT();
  const edit = useEdit();
  const { open } = useDraft();
  if (kept) return <ReportView report={kept} />;
  if (report.error) return <Failed error={report.error} retry={() => void report.refetch()} />;
  if (!report.data) return <p className="loading" role="status">{t("draft.checking")}</p>;
  const permission = may(draft.permissions, "edit");
  const fix = async ({ operations }: Fix) => {
    await open(draft.draftId);
    await edit(...operations);
  };
  return (
    <ReportView
      report={report.data}
      onFix={(f) => void fix(f)}
      why={permission && !permission.allowed ? permission.whyNot : ""}
      caseAction={() => <Link className="button" href="/scenarios">{t("guards.toScenarios")}</Link>}
    />
  );
}
