import { lines, parsed } from "./lines.js";
import { Transport, type Call, type ClientOptions } from "./transport.js";
import type { Answer, Body, CallOptions, Decision, Init, Method, Path, Query, RecommendRequest, RecommendResult, Rest, StreamPath } from "./types.js";

/** What a member's calls are made of. */
type Members<Name extends string> = `/v1/members:${Name}` extends infer P extends Path<"post">
  ? (request: Body<"post", P>, options?: CallOptions) => Promise<Answer<"post", P>>
  : never;

/** What an Init has in it, whatever the operation. */
interface Parts extends CallOptions {
  path?: object;
  query?: object;
  body?: unknown;
}

/** Asks one rightvoice service. Failures are RightvoiceErrors, but that a call whose signal was aborted fails with the signal's reason. */
export class RightvoiceClient {
  readonly #transport: Transport;

  /** Connects to nothing yet; throws for options that cannot work. */
  constructor(options: ClientOptions) {
    this.#transport = new Transport(options);
  }

  /** Decides who should speak to one member. */
  recommend(request: RecommendRequest, options?: CallOptions): Promise<Decision> {
    return this.call("post", "/v1/recommendations", { ...options, body: request });
  }

  /** Decides for up to 1,000 members or topics. Results are in the order of the requests; itemError says why one has no decision. */
  async batch(requests: RecommendRequest[], options?: CallOptions): Promise<RecommendResult[]> {
    return (await this.call("post", "/v1/recommendations:batch", { ...options, body: { requests } })).results;
  }

  /** Decides as recommend does and says how. It stores nothing. */
  explain(request: RecommendRequest, options: CallOptions & Query<"post", "/v1/recommendations:explain"> = {}): Promise<Answer<"post", "/v1/recommendations:explain">> {
    const { revision, now, ...rest } = options;
    return this.call("post", "/v1/recommendations:explain", { ...rest, query: given({ revision, now }), body: request });
  }

  /** Returns a decision made earlier. */
  getDecision(decisionId: string, options: CallOptions & Query<"get", "/v1/decisions/{decision_id}"> = {}): Promise<Decision> {
    const { tenant, asker, language, ...rest } = options;
    return this.call("get", "/v1/decisions/{decision_id}", { ...rest, path: { decision_id: decisionId }, query: given({ tenant, asker, language }) });
  }

  /** Returns one page of a member's decisions, the newest first. */
  listDecisions(request: Body<"post", "/v1/decisions:search">, options?: CallOptions): Promise<Answer<"post", "/v1/decisions:search">> {
    return this.call("post", "/v1/decisions:search", { ...options, body: request });
  }

  /** Tells what became of a decision; resolves to whether that was new. */
  async feedback(decisionId: string, feedback: Body<"post", "/v1/decisions/{decision_id}/feedback">, options?: CallOptions): Promise<boolean> {
    const answer = await this.call("post", "/v1/decisions/{decision_id}/feedback", { ...options, path: { decision_id: decisionId }, body: feedback });
    return answer.recorded;
  }

  /** What is known about members. */
  readonly members: { [N in "recordFacts" | "importFhir" | "setChoice" | "get" | "forget"]: Members<N> } = {
    recordFacts: (body, options) => this.call("post", "/v1/members:recordFacts", { ...options, body }),
    importFhir: (body, options) => this.call("post", "/v1/members:importFhir", { ...options, body }),
    setChoice: (body, options) => this.call("post", "/v1/members:setChoice", { ...options, body }),
    get: (body, options) => this.call("post", "/v1/members:get", { ...options, body }),
    forget: (body, options) => this.call("post", "/v1/members:forget", { ...options, body }),
  };

  /** Tells of every version of the rules that comes into force, beginning with the present one, until the loop is left. */
  watch(options: CallOptions & Query<"get", "/v1/versions:watch"> = {}): AsyncGenerator<Answer<"get", "/v1/versions:watch">, void, undefined> {
    const { tenant, ...rest } = options;
    return this.stream("get", "/v1/versions:watch", { ...rest, query: given({ tenant }) });
  }

  /** Proves the guardrails of a draft, and tells how far it is and what it found. */
  prove(draftId: string, request: Body<"post", "/v1/drafts/{draft_id}:prove"> = {}, options?: CallOptions): AsyncGenerator<Answer<"post", "/v1/drafts/{draft_id}:prove">, void, undefined> {
    return this.stream("post", "/v1/drafts/{draft_id}:prove", { ...options, path: { draft_id: draftId }, body: request });
  }

  /** Does any other operation: call("get", "/v1/drafts/{draft_id}", { path: { draft_id } }). */
  async call<M extends Method, P extends Exclude<Path<M>, StreamPath>>(method: M, path: P, ...[init]: Rest<Init<M, P>>): Promise<Answer<M, P>> {
    const call = this.#request(method, path, init as Parts);
    return this.#transport.send(call, async (answer, requestId) => parsed(await this.#transport.text(call, answer), requestId) as Answer<M, P>);
  }

  /** Does an operation that answers line by line. The request is sent when the loop begins. */
  async *stream<M extends Method, P extends Path<M> & StreamPath>(method: M, path: P, ...[init]: Rest<Init<M, P>>): AsyncGenerator<Answer<M, P>, void, undefined> {
    const call = this.#request(method, path, init as Parts);
    yield* await this.#transport.send(call, async (answer, requestId, limit) => {
      limit.keep();
      return lines<Answer<M, P>>(answer, limit, requestId);
    });
  }

  #request(method: Method, path: string, init: Parts = {}): Call {
    const { path: values, query, ...rest } = init;
    return { ...rest, method, url: this.#transport.url(path, values, query), repeatable: repeatable(method, path, init.body) };
  }
}

/**
 * Whether asking twice is asking once. Decisions, feedback and facts are by the
 * API's promise; what changes rules is where the request has a name.
 */
function repeatable(method: Method, path: string, body: unknown): boolean {
  return (
    method === "get" ||
    method === "put" ||
    /^\/v1\/(recommendations|decisions|members)\b|:(evaluate|compare|check|prove|impact)$/.test(path) ||
    Boolean((body as { requestId?: unknown } | undefined)?.requestId)
  );
}

/** Leaves out what is undefined, for types that tell the two apart. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
