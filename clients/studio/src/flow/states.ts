import type { Draft } from "../api/types";
import type { Tone } from "../ui/parts";

/** How a stage stands out; flow.*.json has its words: `state.<STATE>`. */
export const stateTone: Record<string, Tone> = {
  DRAFT: "neutral",
  IN_REVIEW: "accent",
  APPROVED: "good",
  SCHEDULED: "accent",
  PUBLISHED: "good",
  ARCHIVED: "neutral",
  REJECTED: "warn",
  WITHDRAWN: "neutral",
};

export const may = (draft: Draft, action: string): boolean => draft.permissions.some((p) => p.action === action && p.allowed);

/** Drafts that nothing more will happen to by themselves. */
export const ended = (draft: Draft): boolean => ["PUBLISHED", "ARCHIVED", "WITHDRAWN"].includes(draft.state);
