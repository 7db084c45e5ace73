import { useEffect, useState } from "react";
import type { Finding, Fix, Report } from "../../api/types";
import { useDraft, useEdit } from "../../draft";
import { useT } from "../../i18n";
import { Button } from "../../ui/Button";
import { FindingCard } from "../../ui/FindingCard";
import { Icon } from "../../ui/Icon";
import { useVoice } from "../../ui/announce";
import { concerned, type Entry } from "./entries";

/** Does a fix. What it leads to is proved as after any edit. */
export function useFix(): { apply(fix: Fix): void; busy: boolean } {
  const edit = useEdit();
  const { status } = useDraft();
  return { apply: (fix) => void edit(...fix.operations), busy: status === "saving" };
}

interface ListProps {
  report: Report | undefined;
  why: string;
  /** Only findings about this entry. */
  only?: Entry;
}

/** Findings as cards. */
export function Findings({ report, why, only }: ListProps) {
  const t = useT();
  const voice = useVoice();
  const { apply, busy } = useFix();
  const all = sorted(report?.findings ?? []).filter((f) => !only || about(f, only));
  useEffect(() => {
    if (all.length > 0) voice.say(t("draft.toFix", { count: all.length }));
    // Only their number is news.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [all.length]);
  return all.map((f) => (
    <FindingCard key={`${f.code}/${f.table}/${f.id}/${f.day}`} finding={f} onFix={apply} why={why || (busy ? t("draft.saving") : "")} />
  ));
}

const order = ["guardrail-broken", "tier-conflict", "undetermined", "dead-rule", "never-given"];

/** What could hurt a member first. */
export const sorted = (all: readonly Finding[]): Finding[] => [...all].sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code));

/** Whether a finding concerns an entry. */
export const about = (f: Finding, e: Entry): boolean => concerned(f).has(e.key);

/** All that is to fix, above the list; closed until it is asked for. */
export function FindingsDrawer({ report, why }: Omit<ListProps, "only">) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const count = (report?.findings.length ?? 0) + (report?.failedCases.length ?? 0);
  if (!report || count === 0) return null;
  return (
    <section className="drawer" aria-label={t("draft.toFix", { count })}>
      <h2 className="sr-only">{t("draft.toFix", { count })}</h2>
      <Button kind="quiet" aria-expanded={open} onPress={() => setOpen(!open)}>
        <Icon name="warning" /> {t("draft.toFix", { count })} <Icon name="chevron" size={16} />
      </Button>
      {open && (
        <div className="stack">
          <Findings report={report} why={why} />
          {report.failedCases.length > 0 && <FailedCases report={report} />}
        </div>
      )}
    </section>
  );
}

function FailedCases({ report }: { report: Report }) {
  const t = useT();
  const shown = report.failedCases.slice(0, 5);
  return (
    <article className="finding">
      <h3><Icon name="scenarios" /> {t("rules.failedCases", { count: report.failedCases.length })}</h3>
      <ul className="cases">
        {shown.map((c) => (
          <li key={c.id}>{c.about || c.id}<br /><small className="muted">{c.wrong.join(" ")}</small></li>
        ))}
      </ul>
      {report.failedCases.length > shown.length && <p className="muted">{t("rules.moreCases", { count: report.failedCases.length - shown.length })}</p>}
    </article>
  );
}
