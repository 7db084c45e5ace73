import { useQuery } from "@tanstack/react-query";
import { keys, tenant } from "../../api/hooks";
import { api } from "../../api/session";
import type { Content } from "../../api/types";
import { useDraft } from "../../draft";
import type { Tag } from "../../i18n";

/** What is picked out of the content being worked on, in both languages; undefined until it is there. */
export function useContentIn(pick: (content: Content) => string): Record<Tag, string | undefined> {
  const { ref } = useDraft();
  const query = (language: Tag) => ({
    queryKey: keys.content(ref, language),
    queryFn: ({ signal }: { signal: AbortSignal }) => api().call("get", "/v1/content", { query: { ...tenant(), ...ref, language }, signal }),
    staleTime: 30_000,
  });
  const en = useQuery(query("en")).data;
  const es = useQuery(query("es")).data;
  return { en: en && pick(en), es: es && pick(es) };
}
