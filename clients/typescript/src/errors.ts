/** The codes of gRPC, by number. */
const codes = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;

/** What kind of failure it is. */
export type Code = (typeof codes)[number];

/** One field that was refused. */
export interface FieldViolation {
  /** Its path, as in "context.hoursSinceAcuteCare". */
  field: string;
  /** What is allowed. */
  description: string;
}

/** What is known of a failure beside its code and message. */
export interface ErrorDetails {
  reason?: string;
  httpStatus?: number;
  fieldViolations?: FieldViolation[];
  retryAfterMs?: number;
  requestId?: string;
  details?: readonly Detail[];
  cause?: unknown;
}

/** One detail of a failure, by the name of its type: what both sides changed, with STALE_ETAG. */
export type Detail = { readonly "@type"?: string; readonly [key: string]: unknown };

/** How a call failed. Its message never holds a value that was sent. */
export class RightvoiceError extends Error {
  override readonly name = "RightvoiceError";
  /**
   * INVALID_ARGUMENT (mend the request), NOT_FOUND, UNAUTHENTICATED,
   * PERMISSION_DENIED, UNAVAILABLE and RESOURCE_EXHAUSTED (later), …
   */
  readonly code: Code;
  /** The service's own stable code ("OVERLOADED"); empty if it did not answer. */
  readonly reason: string;
  /** The HTTP status; 0 if there was no answer. */
  readonly httpStatus: number;
  /** The fields to mend, with INVALID_ARGUMENT. */
  readonly fieldViolations: readonly FieldViolation[];
  /** How long to wait before asking again, in ms; 0 if the service did not say. */
  readonly retryAfterMs: number;
  /** The X-Request-Id that was sent, to find the call in the logs on its way. */
  readonly requestId: string;
  /** All that the service told beside that, as it told it. */
  readonly details: readonly Detail[];

  constructor(code: Code, message: string, details: ErrorDetails = {}) {
    const { reason = "", cause } = details;
    super(`${code}${reason && reason !== code ? ` (${reason})` : ""}: ${message}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.reason = reason;
    this.httpStatus = details.httpStatus ?? 0;
    this.fieldViolations = details.fieldViolations ?? [];
    this.retryAfterMs = details.retryAfterMs ?? 0;
    this.requestId = details.requestId ?? "";
    this.details = details.details ?? [];
  }
}

/** An error as the API tells it. */
export interface Status {
  code?: number;
  message?: string;
  details?: { "@type"?: string; [key: string]: unknown }[];
}

/**
 * Why one item of a batch, or one event of recordFacts, failed; undefined if
 * it did not.
 */
export function itemError(item: { error?: Status; requestId?: string }): RightvoiceError | undefined {
  if (!item.error) return undefined;
  return fromStatus(item.error, item.requestId === undefined ? {} : { requestId: item.requestId });
}

/** The error of an answer that is not 2xx. It is read, whoever sent it. */
export async function fromAnswer(answer: Response, requestId: string): Promise<RightvoiceError> {
  const text = await answer.text();
  let status: unknown;
  try {
    status = JSON.parse(text);
  } catch {
    // Something on the way answered, in a form of its own.
  }
  const details: ErrorDetails = { httpStatus: answer.status, requestId };
  const wait = retryAfter(answer.headers.get("Retry-After"));
  if (wait > 0) details.retryAfterMs = wait;
  return fromStatus(status, details);
}

/**
 * Only the words of the service itself are trusted to repeat nothing that was
 * sent; an answer of anything else is told by its HTTP status alone.
 */
export function fromStatus(status: unknown, known: ErrorDetails): RightvoiceError {
  const { code, message, details } = (status ?? {}) as Status;
  const all = Array.isArray(details) ? details : [];
  const detail = (type: string) => all.find((d) => d?.["@type"] === `type.googleapis.com/google.rpc.${type}`);
  const info = detail("ErrorInfo");
  if (info?.["domain"] !== "rightvoice") {
    const http = known.httpStatus ?? 0;
    return new RightvoiceError(codeOf(http), http ? `HTTP ${http}, not from rightvoice` : "an error without a reason", known);
  }
  const delay = parseFloat(String(detail("RetryInfo")?.["retryDelay"])) * 1000;
  const violations = detail("BadRequest")?.["fieldViolations"];
  return new RightvoiceError(codes[code ?? 2] ?? "UNKNOWN", message ?? "", {
    ...known,
    reason: String(info["reason"]),
    ...(delay > 0 && { retryAfterMs: delay }),
    details: all.filter((d) => typeof d === "object" && d !== null),
    ...(Array.isArray(violations) && { fieldViolations: violations as FieldViolation[] }),
  });
}

/** The code that an HTTP status stands for. */
function codeOf(http: number): Code {
  const known: Record<number, Code> = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    412: "FAILED_PRECONDITION",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
  };
  return known[http] ?? (http >= 500 ? "INTERNAL" : "UNKNOWN");
}

/** Reads a Retry-After header, seconds or a date; ms, 0 if there is none. */
function retryAfter(header: string | null): number {
  if (!header) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return ms > 0 ? ms : 0;
}
