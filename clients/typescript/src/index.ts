// The TypeScript client of rightvoice, for web portals and Node services. In go
// the request messages of the API; out come its decisions, or a RightvoiceError
// that tells by code and reason what to do next. The client adds what every
// caller needs and nothing else: a deadline, repetition where it is safe, a
// token, and streams as async iterators.
export { RightvoiceClient } from "./client.js";
export { itemError, RightvoiceError, type Code, type FieldViolation, type Status } from "./errors.js";
export type { ClientOptions } from "./transport.js";
export type * from "./types.js";
