import { useMemo } from "react";
import { useCompare, useFacts } from "../../api/hooks";
import { useCheck, useDraft, useWorkingContent } from "../../draft";
import { entriesOf, findingsBy, type Entry } from "./entries";

const none: readonly Entry[] = [];

/** Everything the list and the editor show, from what is being worked on. */
export function useEntries() {
  const { ref, etag, draft } = useDraft();
  const content = useWorkingContent();
  const facts = useFacts(ref).data;
  const entries = useMemo(() => (content.data && facts ? entriesOf(content.data, facts) : none), [content.data, facts]);
  const { report, checking } = useCheck();
  const compared = useCompare({ version: draft?.baseVersion ?? 0 }, ref, { etag, enabled: draft !== null && !checking }).data;
  const changed = useMemo(
    () => new Set(draft ? (compared?.changes ?? []).map((c) => `${c.list}/${c.id}`) : []),
    [draft, compared],
  );
  const findings = useMemo(() => findingsBy(report, entries), [report, entries]);
  return { content, facts, entries, report, checking, changed, findings };
}
