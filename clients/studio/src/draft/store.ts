// The one way by which anything in a draft changes. Edits go in as operations;
// they are sent one after the other, each with the etag of the content before
// it. Nothing typed is ever dropped without a word: what cannot be sent waits,
// what was refused is told, what met another's change is put side by side.
import { isOffline, staleEdit } from "../api/errors";
import type { Draft, Edited, Operation, Problem, StaleEdit } from "../api/types";

/** The calls the store makes, so that tests can stand in for the server. */
export interface Backend {
  create(title: string, requestId: string): Promise<Draft>;
  get(draftId: string): Promise<Draft>;
  edit(draftId: string, etag: string, operations: Operation[], requestId: string): Promise<Edited>;
  restore(draftId: string, etag: string, to: string, requestId: string): Promise<Draft>;
}

/** Where what waits outlives a reload. */
export type Keeper = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** One thing a person did, waiting to be sent. */
export interface Edit {
  id: string;
  operations: Operation[];
  /** The draft it was made in; empty if it begins one. */
  draftId: string;
}

export type Status = "idle" | "saving" | "saved" | "offline" | "stale";

export interface State {
  /** The draft being worked on; null while live content is only looked at. */
  draft: Draft | null;
  status: Status;
  /** Edits not yet at the server, the oldest first. */
  waiting: readonly Edit[];
  /** Contents to go back to, the nearest last. */
  undo: readonly string[];
  redo: readonly string[];
  /** What both sides did, while the status is "stale". */
  stale: StaleEdit | null;
  /** What check said of the last edit. */
  problems: readonly Problem[];
}

/** Tells others what happened. */
export interface Listener {
  /** A draft was begun from live content, which it is still the same as. */
  created?(draft: Draft): void;
  /** The server took an edit; its rules are those that changed. */
  edited?(draft: Draft, edited: Edited | null, operations: readonly Operation[]): void;
  /** The server refused an edit, which is gone. */
  refused?(error: unknown, edit: Edit | null): void;
}

const waitingKey = "rightvoice.waiting";
const draftKey = "rightvoice.draft";
const editable = new Set(["DRAFT", "IN_REVIEW", "APPROVED", "REJECTED", "WITHDRAWN", "SCHEDULED"]);
const retryAfterMs = [500, 1_000, 2_000, 5_000];

export class DraftStore {
  #state: State;
  #watchers = new Set<() => void>();
  #running: Promise<void> | null = null;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly backend: Backend,
    private readonly keeper: Keeper,
    private readonly listener: Listener = {},
    private readonly title: () => string = () => "",
  ) {
    this.#state = { draft: null, status: "idle", waiting: this.#kept(), undo: [], redo: [], stale: null, problems: [] };
  }

  get = (): State => this.#state;

  watch = (tell: () => void): (() => void) => {
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  };

  /** The id of the draft that was open when the page was left; empty for none. */
  lastDraft(): string {
    return this.keeper.getItem(draftKey) ?? "";
  }

  /** Works on a draft, or with null on live content. What waits goes where it was made. */
  async open(draftId: string | null): Promise<void> {
    await this.#running;
    if (draftId === this.#state.draft?.draftId) return;
    const draft = draftId ? await this.backend.get(draftId) : null;
    this.#take(draft, { undo: steps(draft), redo: [], stale: null, problems: [], status: "idle" });
    if (this.#state.waiting.length > 0) void this.#send();
  }

  /** Takes the draft as someone else, or another call, left it. */
  refresh(draft: Draft): void {
    const mine = this.#state.draft;
    if (!mine || draft.draftId !== mine.draftId || this.#running || this.#state.stale) return;
    if (draft.etag !== mine.etag) this.#set({ undo: steps(draft), redo: [], problems: [] });
    if (draft.updatedAt >= mine.updatedAt) this.#take(draft);
  }

  /** Does operations, all or none. Resolves when they are at the server, or wait. */
  edit(operations: Operation[]): Promise<void> {
    const waiting = [...this.#state.waiting, { id: newId(), operations, draftId: this.#state.draft?.draftId ?? "" }];
    this.#set({ waiting, status: this.#state.status === "stale" ? "stale" : "saving" });
    return this.#send();
  }

  undo = (): Promise<void> => this.#restore("undo", "redo");
  redo = (): Promise<void> => this.#restore("redo", "undo");

  /** Settles a clash: sends the edit again on top of theirs, or gives it up. */
  async settle(whose: "mine" | "theirs"): Promise<void> {
    const { draft, stale } = this.#state;
    if (!draft || !stale) return;
    const fresh = await this.backend.get(draft.draftId);
    if (whose === "theirs") this.#set({ waiting: this.#state.waiting.slice(1) });
    this.#take(fresh, { stale: null, status: "saved", undo: steps(fresh), redo: [] });
    this.listener.edited?.(fresh, null, []);
    return this.#send();
  }

  /** Tries at once what waits, as when the network is back. */
  retry = (): Promise<void> => {
    clearTimeout(this.#timer);
    return this.#send();
  };

  #send(): Promise<void> {
    this.#running ??= this.#sendAll().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #sendAll(): Promise<void> {
    while (this.#state.waiting.length > 0 && !this.#state.stale) {
      const edit = this.#state.waiting[0]!;
      try {
        if (this.#state.status !== "offline") this.#set({ status: "saving" });
        const draft = await this.#target(edit);
        const edited = await this.backend.edit(draft.draftId, draft.etag, edit.operations, edit.id);
        this.#tries = 0;
        this.#sent(draft, edited, edit.operations);
      } catch (error) {
        if (this.#failed(error, edit)) return;
      }
    }
    if (!this.#state.stale) this.#set({ status: this.#state.draft ? "saved" : "idle" });
  }

  /** The draft an edit belongs to, which need not be the one that is open now. */
  async #target(edit: Edit): Promise<Draft> {
    const open = this.#state.draft;
    if (edit.draftId) return edit.draftId === open?.draftId ? open : this.backend.get(edit.draftId);
    const begun = await this.backend.create(this.title(), `new-${edit.id}`);
    this.listener.created?.(begun);
    const waiting = this.#state.waiting.map((e) => (e.draftId ? e : { ...e, draftId: begun.draftId }));
    if (open) this.#set({ waiting });
    else this.#take(begun, { waiting });
    return begun;
  }

  #sent(before: Draft, edited: Edited, operations: readonly Operation[]): void {
    if (edited.draft.draftId !== this.#state.draft?.draftId) {
      this.#set({ waiting: this.#state.waiting.slice(1) });
      this.listener.edited?.(edited.draft, edited, operations);
      return;
    }
    const changed = before.etag !== edited.draft.etag;
    this.#take(edited.draft, {
      waiting: this.#state.waiting.slice(1),
      undo: changed ? [...this.#state.undo, before.etag] : this.#state.undo,
      redo: changed ? [] : this.#state.redo,
      problems: edited.problems,
    });
    this.listener.edited?.(edited.draft, edited, operations);
  }

  /** Reports whether sending has to stop. */
  #failed(error: unknown, edit: Edit): boolean {
    if (isOffline(error)) {
      this.#set({ status: "offline" });
      const wait = retryAfterMs[Math.min(this.#tries++, retryAfterMs.length - 1)]!;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#send(), wait);
      return true;
    }
    const stale = staleEdit(error);
    if (stale && edit.draftId && edit.draftId !== this.#state.draft?.draftId) return false; // its draft is fetched anew and it is sent again
    if (stale) {
      this.#set({ stale, status: "stale" });
      return true;
    }
    this.#set({ waiting: this.#state.waiting.slice(1) });
    this.listener.refused?.(error, edit);
    return false;
  }

  async #restore(from: "undo" | "redo", to: "undo" | "redo"): Promise<void> {
    await this.#running;
    const { draft, stale } = this.#state;
    const target = this.#state[from].at(-1);
    if (!draft || !target || stale || this.#state.waiting.length > 0) return;
    this.#set({ status: "saving" });
    this.#running = this.#restoreTo(draft, target, from, to).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #restoreTo(draft: Draft, target: string, from: "undo" | "redo", to: "undo" | "redo"): Promise<void> {
    try {
      const restored = await this.backend.restore(draft.draftId, draft.etag, target, newId());
      const left = { [from]: this.#state[from].slice(0, -1), [to]: [...this.#state[to], draft.etag] };
      this.#take(restored, { ...left, status: "saved", problems: [] });
      this.listener.edited?.(restored, null, []);
    } catch (error) {
      this.#set({ status: "saved" });
      if (staleEdit(error) || !isOffline(error)) {
        // Someone was faster: show what there is now before anything is undone.
        const fresh = await this.backend.get(draft.draftId);
        this.#take(fresh, { undo: steps(fresh), redo: [] });
        this.listener.edited?.(fresh, null, []);
      }
      this.listener.refused?.(error, null);
    }
  }

  #take(draft: Draft | null, change: Partial<State> = {}): void {
    if (draft && editable.has(draft.state)) this.keeper.setItem(draftKey, draft.draftId);
    else this.keeper.removeItem(draftKey);
    this.#set({ ...change, draft });
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    if (change.waiting) {
      if (change.waiting.length > 0) this.keeper.setItem(waitingKey, JSON.stringify(change.waiting));
      else this.keeper.removeItem(waitingKey);
    }
    this.#watchers.forEach((tell) => tell());
  }

  #kept(): Edit[] {
    try {
      const kept = JSON.parse(this.keeper.getItem(waitingKey) ?? "[]") as Edit[];
      return kept.map((e) => ({ ...e, draftId: e.draftId ?? "" }));
    } catch {
      return [];
    }
  }
}

/** The contents a draft had before the present one, the nearest last. */
function steps(draft: Draft | null): string[] {
  const etags = (draft?.steps ?? []).map((s) => s.etag);
  return etags.slice(0, -1).filter((etag) => etag !== draft!.etag);
}

/** Not randomUUID, which pages over plain http do not have. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");
}
