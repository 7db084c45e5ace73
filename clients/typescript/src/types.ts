import type { components, paths } from "./schema.js";

/** How the API is spelt: one entry for each path. */
export type { components, paths };

type Names = keyof components["schemas"] extends infer K ? (K extends `rightvoice.v1.${infer N}` ? N : never) : never;

/** A message of the API by its name, as in Schema<"Draft">. */
export type Schema<N extends Names> = components["schemas"][`rightvoice.v1.${N}`];

export type Decision = Schema<"Decision">;
export type Recommendation = Schema<"Recommendation">;
export type Advice = Schema<"Advice">;
export type RecommendRequest = Schema<"RecommendRequest">;
export type RecommendResult = Schema<"RecommendResult">;
export type MemberContext = Schema<"MemberContext">;
export type FactEvent = Schema<"FactEvent">;
export type Asker = Schema<"Asker">;
export type Mindset = Schema<"Mindset">;
export type Sender = Schema<"Sender">;

/** HTTP methods as the API's description spells them. */
export type Method = "get" | "put" | "post" | "patch" | "delete";

/** The paths that take a method. */
export type Path<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];

/** The paths that answer line by line; TestStreams holds the list to the API. */
export type StreamPath = "/v1/versions:watch" | "/v1/drafts/{draft_id}:prove" | "/v1/drafts/{draft_id}:impact";

type Operation<M extends Method, P extends keyof paths> = paths[P][M];

/** What an operation answers: one message, or each line of a stream. */
export type Answer<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { responses: { 200: { content: { "application/json": infer A } } } } ? A : never;

/** What is sent as JSON. */
export type Body<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { requestBody: { content: { "application/json": infer B } } } ? B : never;

/** What is sent in the query. */
export type Query<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { parameters: { query?: infer Q } } ? NonNullable<Q> : never;

type PathPart<O> = O extends { parameters: { path: infer V } } ? { path: V } : { path?: never };
type QueryPart<O> = O extends { parameters: { query?: infer Q } }
  ? [NonNullable<Q>] extends [never] ? { query?: never } : { query?: NonNullable<Q> }
  : { query?: never };
type BodyPart<O> = O extends { requestBody: { content: { "application/json": infer B } } } ? { body: B } : { body?: never };

/** What one call may be told beside what it asks. */
export interface CallOptions {
  /** Ends the call, which then fails with the reason of the signal. */
  signal?: AbortSignal;
  /** Bounds the call, its repetitions included; of a stream, the wait for its beginning. */
  timeoutMs?: number;
  /** Sent as X-Request-Id; made up if left out. Not a member id. */
  requestId?: string;
}

/** All that an operation takes. */
export type Init<M extends Method, P extends keyof paths> =
  CallOptions & PathPart<Operation<M, P>> & QueryPart<Operation<M, P>> & BodyPart<Operation<M, P>>;

/** Init as the last argument, which may be left out if nothing in it is needed. */
export type Rest<I> = {} extends I ? [init?: I] : [init: I];
