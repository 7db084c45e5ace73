import type { UseQueryResult } from "@tanstack/react-query";
import type { Compared, Content, Draft } from "../../api/types";
import { ChangeList } from "../../flow/ChangeList";
import { placeOf } from "../../flow/told";
import { Failed, Loading } from "../../ui/parts";
import { CommentsOn } from "./Talk";

interface WhatChangedProps {
  draft: Draft;
  compared: UseQueryResult<Compared>;
  before: Content | undefined;
  after: Content | undefined;
}

/** The words that changed, rule by rule, with what people said about each. */
export function WhatChanged({ draft, compared, before, after }: WhatChangedProps) {
  if (compared.isPending) return <Loading />;
  if (!compared.data) return <Failed error={compared.error} retry={() => void compared.refetch()} />;
  return <ChangeList changes={compared.data.changes} before={before} after={after} below={(c) => <CommentsOn draft={draft} on={placeOf(c)} />} />;
}
