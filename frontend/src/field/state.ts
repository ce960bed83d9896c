// Everything the screen shows, in memory; the database behind it is written at once and read at the start.
import type { FieldDatabase } from "./core/db";
import { Queue } from "./core/queue";
import type { Outcome } from "./core/sync";
import { EMPTY_PACK, type Answer, type Done, type Envelope, type Pack, type Visit } from "./core/types";

export interface Facts {
  person: string;
  demo: boolean;
  wasm: string;
}

export interface Toast {
  text: string;
  tone: "good" | "warning" | "bad";
  action?: { label: string; run: () => void };
}

export interface State {
  facts: Facts;
  database: FieldDatabase;
  queue: Queue;
  pack: Pack;
  answers: Map<string, Answer>;
  visits: Map<string, Visit>;
  done: Map<string, Done>;
  envelopes: Envelope[];
  thumbs: Map<string, string>;
  undo: { key: string; before: Answer | undefined }[];
  unsent: number;
  rejected: number;
  filesLeft: number;
  isOnline: boolean;
  isSyncing: boolean;
  outcome: Outcome | "";
  syncedAt: number;
  clockGap: number;
  isPersisted: boolean;
  space: { usage: number; quota: number } | null;
  others: { person: string; count: number }[];
  isFull: boolean;
  toast: Toast | null;
  open: Set<string>;
}

export function freshState(facts: Facts, database: FieldDatabase, changed: () => void): State {
  return {
    facts,
    database,
    queue: new Queue(database, changed),
    pack: EMPTY_PACK,
    answers: new Map(),
    visits: new Map(),
    done: new Map(),
    envelopes: [],
    thumbs: new Map(),
    undo: [],
    unsent: 0,
    rejected: 0,
    filesLeft: 0,
    isOnline: navigator.onLine,
    isSyncing: false,
    outcome: "",
    syncedAt: 0,
    clockGap: 0,
    isPersisted: false,
    space: null,
    others: [],
    isFull: false,
    toast: null,
    open: new Set(),
  };
}

export async function load(state: State): Promise<void> {
  const { database } = state;
  const [pack, answers, visits, done, thumbs] = await Promise.all([
    database.read<Pack>("pack", EMPTY_PACK),
    database.answers.toArray(),
    database.visits.toArray(),
    database.done.toArray(),
    database.thumbs.toArray(),
  ]);
  state.pack = { ...EMPTY_PACK, ...pack };
  state.answers = new Map(answers.map((answer) => [answer.key, answer]));
  state.visits = new Map(visits.map((visit) => [visit.key, visit]));
  state.done = new Map(done.map((thing) => [thing.key, thing]));
  for (const thumb of thumbs) state.thumbs.set(thumb.sha256, URL.createObjectURL(thumb.blob));
  await recount(state);
}

export async function recount(state: State): Promise<void> {
  const { database } = state;
  state.envelopes = await database.envelopes.where("state").anyOf("queued", "waiting", "rejected").toArray();
  state.rejected = state.envelopes.filter((envelope) => envelope.state === "rejected").length;
  state.unsent = state.envelopes.length - state.rejected;
  state.filesLeft = await database.files.where("state").equals("queued").count();
  state.syncedAt = await database.read("synced_at", 0);
  state.clockGap = await database.read("clock_gap", 0);
}
