import type { Version } from "../../api/types";
import type { Say } from "../../i18n";

/** What people call a version. */
export function versionTitle(t: Say, v: Version): string {
  if (v.restores > 0) return t("history.restored", { number: v.restores });
  return v.title || (v.number === 1 ? t("history.first") : t("history.untitled"));
}
