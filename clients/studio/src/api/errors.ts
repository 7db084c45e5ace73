import { RightvoiceError } from "@rightvoice/client";
import type { StaleEdit } from "./types";

/** What failed, for the words of shell.*.json: `error.<key>`. */
export type ErrorKey = "offline" | "signin" | "forbidden" | "gone" | "stale" | "busy" | "slow" | "refused" | "unknown";

const keys: Partial<Record<RightvoiceError["code"], ErrorKey>> = {
  UNAVAILABLE: "offline",
  UNAUTHENTICATED: "signin",
  PERMISSION_DENIED: "forbidden",
  NOT_FOUND: "gone",
  ABORTED: "stale",
  RESOURCE_EXHAUSTED: "busy",
  DEADLINE_EXCEEDED: "slow",
  INVALID_ARGUMENT: "refused",
  FAILED_PRECONDITION: "refused",
  ALREADY_EXISTS: "refused",
  OUT_OF_RANGE: "refused",
};

export function errorKey(error: unknown): ErrorKey {
  return error instanceof RightvoiceError ? (keys[error.code] ?? "unknown") : "unknown";
}

/** The server's own sentence about a failure, without the codes before it; empty if there is none. */
export function serverWords(error: unknown): string {
  if (!(error instanceof RightvoiceError) || !error.reason) return "";
  const words = error.message.replace(/^[A-Z_]+( \([A-Z_]+\))?: /, "");
  return words && words[0]!.toUpperCase() + words.slice(1).replace(/([^.!?])$/, "$1.");
}

/** Whether the same call may work later without any change. */
export const isOffline = (error: unknown): boolean =>
  error instanceof RightvoiceError && (error.code === "UNAVAILABLE" || error.code === "DEADLINE_EXCEEDED");

/** What both sides did, if the failure is that a draft changed meanwhile. */
export function staleEdit(error: unknown): StaleEdit | undefined {
  if (!(error instanceof RightvoiceError) || error.reason !== "STALE_ETAG") return undefined;
  const detail = error.details.find((d) => d["@type"]?.endsWith("rightvoice.v1.StaleEdit"));
  return detail as unknown as StaleEdit | undefined;
}
