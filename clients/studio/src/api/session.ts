// Who is working, for as long as the tab is open. A token is kept nowhere else.
import { RightvoiceClient } from "@rightvoice/client";

export interface Session {
  /** A bearer token; empty where the server asks for none. */
  token: string;
  /** The name given where the server asks nobody who they are. */
  user: string;
  /** Whose rules; empty for the default tenant. */
  tenant: string;
}

const key = "rightvoice.session";
const nobody: Session = { token: "", user: "", tenant: "" };
const listeners = new Set<() => void>();

let session = read();
let client = connect(session);

function read(): Session {
  try {
    return { ...nobody, ...(JSON.parse(sessionStorage.getItem(key) ?? "{}") as Partial<Session>) };
  } catch {
    return nobody;
  }
}

function connect({ token, user }: Session): RightvoiceClient {
  // A token over plain http would be readable on its way: the client refuses it.
  return new RightvoiceClient({
    baseUrl: "/",
    timeoutMs: 30_000,
    ...(token && { token }),
    ...(user && { headers: { "X-Rightvoice-User": user } }),
  });
}

/** The session; the same object until it changes. */
export const getSession = (): Session => session;

/** Signs in, out, or changes the name or the tenant. Throws if the token cannot be used here. */
export function setSession(change: Partial<Session>): void {
  const next = { ...session, ...change };
  client = connect(next);
  session = next;
  sessionStorage.setItem(key, JSON.stringify(next));
  listeners.forEach((tell) => tell());
}

export function onSession(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** The client that speaks for the session. */
export const api = (): RightvoiceClient => client;
