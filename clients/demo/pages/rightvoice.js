// The calls a portal makes, and nothing else: each is one POST of JSON to the
// public API. In a portal of yours take the package instead,
//
//   import { RightvoiceClient } from "@rightvoice/client";
//
// which has the same methods and adds deadlines, repetition and typed errors.
// Here they are spelt out, so that you can see what goes over the wire.

/**
 * @typedef {import("@rightvoice/client").RecommendRequest} RecommendRequest
 * @typedef {import("@rightvoice/client").RecommendResult} RecommendResult
 * @typedef {import("@rightvoice/client").Decision} Decision
 * @typedef {import("@rightvoice/client").Recommendation} Recommendation
 * @typedef {import("@rightvoice/client").Asker} Asker
 * @typedef {import("@rightvoice/client").RightvoiceClient} Client
 *
 * @typedef {object} Seen  One call, for the panel of the developers.
 * @property {string} path
 * @property {unknown} request
 * @property {number} status   of HTTP; 0 if nobody answered
 * @property {any} answer
 * @property {number} ms
 * @property {boolean} signed  whether a token was sent
 *
 * @typedef {object} Options
 * @property {string} [token]  of one side. A portal keeps its token on its server.
 * @property {string} [tenant] whose members these are, where a service has several plans
 * @property {(call: Seen) => void} [seen]
 */

export class Rightvoice {
  /** @type {Options} */ #o;

  /** @param {Options} options */
  constructor(options) {
    this.#o = options;
  }

  /** Who should speak to one member? @type {Client["recommend"]} */
  recommend = (request, options) => this.#post("/v1/recommendations", request, options?.signal);

  /** The same for up to 1,000 members. @type {Client["batch"]} */
  batch = async (requests, options) => (await this.#post("/v1/recommendations:batch", { requests }, options?.signal)).results;

  /** The same, told rule by rule; nothing is stored. @type {Client["explain"]} */
  explain = (request, options) =>
    this.#post("/v1/recommendations:explain" + (options?.now ? `?now=${encodeURIComponent(options.now)}` : ""), request, options?.signal);

  /** What was decided for a member. @type {Client["listDecisions"]} */
  listDecisions = (request) => this.#post("/v1/decisions:search", request);

  /** What became of a decision. @type {Client["feedback"]} */
  feedback = async (id, feedback) => (await this.#post(`/v1/decisions/${encodeURIComponent(id)}/feedback`, feedback)).recorded;

  /** What is known about members. @type {Pick<Client["members"], "recordFacts" | "setChoice" | "get" | "forget">} */
  members = {
    recordFacts: (request) => this.#post("/v1/members:recordFacts", request),
    setChoice: (request) => this.#post("/v1/members:setChoice", request),
    get: (request) => this.#post("/v1/members:get", request),
    forget: (request) => this.#post("/v1/members:forget", request),
  };

  /**
   * @param {string} path
   * @param {any} body
   * @param {AbortSignal} [signal]
   */
  async #post(path, body, signal) {
    const { token, tenant = "default", seen } = this.#o;
    const request = tenant === "default" ? body : within(tenant, body);
    const began = performance.now();
    let status = 0;
    let answer;
    try {
      const response = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
        body: JSON.stringify(request),
        signal: signal ?? null,
      });
      status = response.status;
      answer = await response.json();
    } finally {
      if (!signal?.aborted) seen?.({ path, request, status, answer, ms: performance.now() - began, signed: Boolean(token) });
    }
    // Every refusal is a google.rpc.Status: a code, and a message that repeats nothing that was sent.
    if (status !== 200) throw Object.assign(new Error(answer.message), { code: answer.code });
    return answer;
  }
}

/**
 * @param {string} tenant
 * @param {any} body
 */
function within(tenant, body) {
  return body.requests ? { requests: body.requests.map((/** @type {object} */ r) => ({ ...r, tenant })) } : { ...body, tenant };
}
