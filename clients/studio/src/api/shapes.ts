import type { paths } from "@rightvoice/client";

type Operation<M extends string, P extends keyof paths> = M extends keyof paths[P] ? paths[P][M] : never;

/** What an operation answers. */
export type Answer<M extends string, P extends keyof paths> =
  Operation<M, P> extends { responses: { 200: { content: { "application/json": infer A } } } } ? A : never;

/** What an operation takes as JSON. */
export type Body<M extends string, P extends keyof paths> =
  Operation<M, P> extends { requestBody: { content: { "application/json": infer B } } } ? B : never;
