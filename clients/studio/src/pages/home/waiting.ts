import type { Draft, Report } from "../../api/types";
import { ended, may } from "../../flow/states";

/** Why something waits for the reader; home.*.json has its words: `wait.<why>`. */
export type Why = "review" | "failed" | "rejected" | "fix" | "behind" | "publish" | "scheduled" | "ready";

export interface Waiting {
  why: Why;
  draft: Draft;
  /** Of "fix": how many things. */
  count: number;
}

const order: readonly Why[] = ["review", "failed", "rejected", "fix", "behind", "publish", "scheduled", "ready"];

/** What waits for somebody, what others wait for first. */
export function waitingFor(me: string, drafts: readonly Draft[], reports: ReadonlyMap<string, Report>): Waiting[] {
  const all = drafts.flatMap((draft): Waiting[] => {
    const mine = draft.authors.includes(me);
    const report = reports.get(draft.etag);
    const one = (why: Why, count = 0): Waiting[] => [{ why, draft, count }];
    if (ended(draft)) return [];
    if (draft.failure && (mine || may(draft, "publish"))) return one("failed");
    if (draft.state === "IN_REVIEW") return may(draft, "approve") && !approvedBy(draft, me) ? one("review") : [];
    if (draft.state === "SCHEDULED") return one("scheduled");
    if (draft.state === "APPROVED") return may(draft, "publish") ? one("publish") : mine && draft.baseVersion !== draft.liveVersion ? one("behind") : [];
    if (!mine) return [];
    if (draft.state === "REJECTED") return one("rejected");
    const wrong = report ? report.findings.length + report.failedCases.length + report.problems.filter((p) => p.severity === "error").length : 0;
    if (wrong > 0) return one("fix", wrong);
    if (draft.baseVersion !== draft.liveVersion) return one("behind");
    return report?.green && may(draft, "submit") ? one("ready") : [];
  });
  return all.sort((a, b) => order.indexOf(a.why) - order.indexOf(b.why));
}

const approvedBy = (draft: Draft, me: string) => draft.reviews.some((r) => r.by === me && r.approves && !r.void);
