import type { UseQueryResult } from "@tanstack/react-query";
import type { Change, Compared, Content, Draft } from "../../api/types";
import { ChangeList } from "../../flow/ChangeList";
import { placeOf } from "../../flow/told";
import { Failed, Loading } from "../../ui/parts";
import { CommentsOn } from "./Talk";

interface WhatChangedProps {
  draft: Draft;
  compared: UseQueryResult<Compared>;
  /** Of a published draft: as it was kept with the version. */
  kept: readonly Change[] | undefined;
  before: Content | undefined;
  after: Content | undefined;
}

/** The words that changed, rule by rule, with what people said about each. */
export function WhatChanged({ draft, compared, kept, before, after }: WhatChangedProps) {
  const changes = kept ?? compared.data?.changes;
  if (!changes) return compared.isPending ? <Loading /> : <Failed error={compared.error} retry={() => void compared.refetch()} />;
  return <ChangeList changes={changes} before={before} after={after} below={(c) => <CommentsOn draft={draft} on={placeOf(c)} />} />;
}
