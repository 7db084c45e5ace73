// Who is being tried, for the page and the panel alike, for as long as the tab
// is open; and people kept under a name. Words of a message may be a real
// member's, so they are kept nowhere.
import { useSyncExternalStore } from "react";
import { nobody, type Person } from "../../api/person";

export type On = "live" | "draft" | "both";

export interface Trial {
  person: Person;
  /** Where the person comes from: a scenario's id, a kept name, or empty. */
  chosen: string;
  /** What answers; empty is both where there is a draft. */
  on: On | "";
  /** Why a scenario would be written: "counterexample", "traffic" or empty. */
  origin: string;
}

const key = "rightvoice.trial";
const keptKey = "rightvoice.people";
const begin: Trial = { person: nobody, chosen: "", on: "", origin: "" };

let trial = read(sessionStorage, key, begin);
let people = read<Person[]>(localStorage, keptKey, []);
const watchers = new Set<() => void>();

function read<T>(from: Storage, key: string, otherwise: T): T {
  try {
    const kept = JSON.parse(from.getItem(key) ?? "null") as T | null;
    if (!kept) return otherwise;
    return Array.isArray(otherwise) ? kept : { ...otherwise, ...kept };
  } catch {
    return otherwise;
  }
}

const withoutWords = (p: Person): Person => ({ ...p, text: "" });

function tell() {
  watchers.forEach((w) => w());
}

function watch(w: () => void): () => void {
  watchers.add(w);
  return () => watchers.delete(w);
}

export const getTrial = (): Trial => trial;

/** Changes who is tried, or how. */
export function setTrial(change: Partial<Trial>): void {
  trial = { ...trial, ...change };
  sessionStorage.setItem(key, JSON.stringify({ ...trial, person: withoutWords(trial.person) }));
  tell();
}

/** Tries a person from somewhere else: a finding, a gap, a scenario. */
export const tryAs = (person: Person, chosen = "", origin = ""): void => setTrial({ person, chosen, origin });

export const useTrial = (): Trial => useSyncExternalStore(watch, getTrial);

/** People kept in this browser. */
export const usePeople = (): readonly Person[] => useSyncExternalStore(watch, () => people);

/** Keeps a person under its name, without its message. */
export function keepPerson(p: Person): void {
  people = [...people.filter((x) => x.name !== p.name), withoutWords(p)];
  localStorage.setItem(keptKey, JSON.stringify(people));
  tell();
}

export function dropPerson(name: string): void {
  people = people.filter((x) => x.name !== name);
  localStorage.setItem(keptKey, JSON.stringify(people));
  tell();
}

/** A person as the part of an address behind "#", which no server gets. */
export function linkOf(p: Person): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ ...withoutWords(p) }));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** The person of such a part; null if it is none. */
export function personOfLink(hash: string): Person | null {
  const part = /^#p=([\w-]+)$/.exec(hash)?.[1];
  if (!part) return null;
  try {
    const bytes = Uint8Array.from(atob(part.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    const p = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Person>;
    return typeof p.facts === "object" && p.facts ? { ...nobody, ...p } : null;
  } catch {
    return null;
  }
}
