import { RightvoiceError } from "@rightvoice/client";
import { beforeEach, expect, test, vi } from "vitest";
import type { Draft, Edited, Operation } from "../api/types";
import { DraftStore, type Backend, type Keeper } from "./store";

/** A server that keeps one draft: each edit makes a new content. */
class Server implements Backend {
  draft: Draft | null = null;
  fail: (() => unknown) | null = null;
  calls: string[] = [];
  seen = new Map<string, string>();
  made = 0;

  make(etag: string, steps: string[]): Draft {
    return { draftId: "d1", etag, state: "DRAFT", title: "", updatedAt: String(this.made++).padStart(4, "0"), steps: steps.map((e) => ({ etag: e, by: "ann", at: "", says: [] })) } as unknown as Draft;
  }

  #answer<T>(name: string, ok: () => T): Promise<T> {
    this.calls.push(name);
    const error = this.fail?.();
    return error ? Promise.reject(error) : Promise.resolve(ok());
  }

  create(title: string): Promise<Draft> {
    return this.#answer(`create ${title}`, () => (this.draft = this.make("e0", ["e0"])));
  }
  get(): Promise<Draft> {
    return this.#answer("get", () => this.draft!);
  }
  edit(_: string, etag: string, operations: Operation[], id: string): Promise<Edited> {
    return this.#answer(`edit ${operations.map((o) => o.value).join()} on ${etag}`, () => {
      const next = this.seen.get(id) ?? `e${this.draft!.steps.length}`;
      if (!this.seen.has(id)) this.draft = this.make(next, [...this.draft!.steps.map((s) => s.etag), next]);
      this.seen.set(id, next);
      return { draft: this.draft!, problems: [], rules: [] } as Edited;
    });
  }
  restore(_: string, etag: string, to: string): Promise<Draft> {
    return this.#answer(`restore ${to} on ${etag}`, () => (this.draft = this.make(to, [...this.draft!.steps.map((s) => s.etag), to])));
  }
}

const offline = () => new RightvoiceError("UNAVAILABLE", "away", { httpStatus: 503 });
const stale = () =>
  new RightvoiceError("ABORTED", "m", { reason: "STALE_ETAG", httpStatus: 412, details: [{ "@type": "type.googleapis.com/rightvoice.v1.StaleEdit", etag: "other", theirs: [], mine: [], cut: false }] });
const op = (value: string): Operation => ({ do: "pause", list: "mindset", row: "r", value });

function keeper(): Keeper {
  const kept = new Map<string, string>();
  return { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => void kept.set(k, v), removeItem: (k) => void kept.delete(k) };
}

let server: Server;
let kept: Keeper;
const refused = vi.fn();
const created = vi.fn();
const store = () => new DraftStore(server, kept, { refused, created }, () => "Changes");

beforeEach(() => {
  vi.useRealTimers();
  server = new Server();
  kept = keeper();
  refused.mockReset();
  created.mockReset();
});

test("the first edit begins a draft, and later ones build on it", async () => {
  const s = store();
  expect(s.get()).toMatchObject({ draft: null, status: "idle" });
  await Promise.all([s.edit([op("a")]), s.edit([op("b")])]);
  await s.edit([op("c")]);
  expect(server.calls).toEqual(["create Changes", "edit a on e0", "edit b on e1", "edit c on e2"]);
  expect(s.get()).toMatchObject({ status: "saved", waiting: [], undo: ["e0", "e1", "e2"] });
  expect(created).toHaveBeenCalledTimes(1);
  expect(s.lastDraft()).toBe("d1");
});

test("undo and redo go back and forth, and an edit ends redo", async () => {
  const s = store();
  await s.edit([op("a")]);
  await s.edit([op("b")]);
  await s.undo();
  await s.undo();
  expect(s.get()).toMatchObject({ undo: [], redo: ["e2", "e1"] });
  await s.undo(); // nothing is left
  await s.redo();
  expect(server.calls.slice(3)).toEqual(["restore e1 on e2", "restore e0 on e1", "restore e1 on e0"]);
  await s.edit([op("c")]);
  expect(s.get().redo).toEqual([]);
  expect(s.get().undo.at(-1)).toBe("e1");
});

test("while the server is away edits wait, survive a reload and are sent in order", async () => {
  const s = store();
  await s.edit([op("a")]);
  server.fail = offline;
  await s.edit([op("b")]);
  await s.edit([op("c")]);
  expect(s.get().status).toBe("offline");
  expect(s.get().waiting).toHaveLength(2);
  expect(refused).not.toHaveBeenCalled();

  const later = store();
  expect(later.get().waiting).toHaveLength(2);
  server.fail = null;
  server.calls = [];
  await later.open(later.lastDraft());
  await later.retry();
  expect(server.calls).toEqual(["get", "edit b on e1", "edit c on e2"]);
  expect(later.get()).toMatchObject({ status: "saved", waiting: [] });
  expect(store().get().waiting).toEqual([]);
});

test("what waits is sent by itself when the server is back", async () => {
  vi.useFakeTimers();
  const s = store();
  server.fail = offline;
  await s.edit([op("a")]);
  server.fail = null;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(s.get()).toMatchObject({ status: "saved", waiting: [] });
});

test("an edit whose answer was lost is not done twice", async () => {
  const s = store();
  await s.edit([op("a")]);
  const edit = server.edit.bind(server);
  server.edit = async (...args) => {
    await edit(...args);
    throw offline();
  };
  await s.edit([op("b")]);
  server.edit = edit;
  await s.retry();
  expect(server.draft!.steps.map((x) => x.etag)).toEqual(["e0", "e1", "e2"]);
});

test("somebody else's change stops the queue until it is settled", async () => {
  const s = store();
  await s.edit([op("a")]);
  server.fail = stale;
  await s.edit([op("b")]);
  await s.edit([op("c")]);
  expect(s.get()).toMatchObject({ status: "stale", stale: { etag: "other" } });
  expect(s.get().waiting).toHaveLength(2);
  await s.undo(); // would throw their change away unseen
  server.fail = null;
  server.draft = server.make("other", ["e0", "e1", "other"]);
  server.calls = [];
  await s.settle("mine");
  expect(server.calls).toEqual(["get", "edit b on other", "edit c on e3"]);
  expect(s.get()).toMatchObject({ status: "saved", stale: null, waiting: [] });
});

test("keeping theirs gives up the one edit that met it", async () => {
  const s = store();
  await s.edit([op("a")]);
  server.fail = stale;
  await s.edit([op("b")]);
  server.fail = null;
  server.calls = [];
  await s.settle("theirs");
  expect(server.calls).toEqual(["get"]);
  expect(s.get()).toMatchObject({ status: "saved", stale: null, waiting: [] });
});

test("a refused edit is told, and the next one goes on", async () => {
  const s = store();
  await s.edit([op("a")]);
  let first = true;
  server.fail = () => (first ? ((first = false), new RightvoiceError("INVALID_ARGUMENT", "no", { reason: "INVALID", httpStatus: 400 })) : null);
  await Promise.all([s.edit([op("b")]), s.edit([op("c")])]);
  expect(refused).toHaveBeenCalledTimes(1);
  expect(s.get()).toMatchObject({ status: "saved", waiting: [], undo: ["e0", "e1"] });
});

test("an undo that somebody was faster than shows what there is now", async () => {
  const s = store();
  await s.edit([op("a")]);
  server.draft = server.make("other", ["e0", "e1", "other"]);
  let first = true;
  server.fail = () => (first ? ((first = false), stale()) : null);
  await s.undo();
  expect(s.get().draft!.etag).toBe("other");
  expect(s.get().undo).toEqual(["e0", "e1"]);
  expect(refused).toHaveBeenCalledTimes(1);
});

test("what others did shows when the draft is seen again, but never over an own edit on its way", async () => {
  const s = store();
  await s.edit([op("a")]);
  s.refresh(server.make("other", ["e0", "e1", "other"]));
  expect(s.get().draft!.etag).toBe("other");
  expect(s.get().undo).toEqual(["e0", "e1"]);
  const sending = s.edit([op("b")]);
  s.refresh(server.make("late", ["e0", "late"]));
  expect(s.get().draft!.etag).toBe("other");
  await sending;
});

test("what waits goes to the draft it was made in, whichever is open", async () => {
  const s = store();
  await s.edit([op("a")]);
  const other = { ...server.make("o0", ["o0"]), draftId: "d2" } as Draft;
  const sent: string[] = [];
  const backend: Backend = {
    create: () => Promise.reject(new Error("no draft is begun")),
    get: (id) => Promise.resolve(id === "d2" ? other : server.draft!),
    edit: (id, etag, operations, request) => {
      if (server.fail) return Promise.reject(server.fail());
      sent.push(`${operations[0]!.value} in ${id} on ${etag}`);
      return id === "d2" ? Promise.resolve({ draft: other, problems: [], rules: [] } as Edited) : server.edit(id, etag, operations, request);
    },
    restore: () => Promise.reject(new Error("nothing is undone")),
  };
  const again = new DraftStore(backend, kept, { refused });
  await again.open("d1");
  server.fail = offline;
  await again.edit([op("b")]);
  expect(again.get().status).toBe("offline");
  await again.open("d2");
  server.fail = null;
  await again.edit([op("c")]);
  expect(sent).toEqual(["b in d1 on e1", "c in d2 on o0"]);
  expect(again.get()).toMatchObject({ draft: { draftId: "d2" }, waiting: [], status: "saved" });
  expect(refused).not.toHaveBeenCalled();
});

test("a broken store of what waits is left alone", () => {
  kept.setItem("rightvoice.waiting", "{");
  expect(store().get().waiting).toEqual([]);
});
