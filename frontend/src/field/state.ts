// Everything the screen shows, in memory; the database behind it is written at once and read at the start.
import type { FieldDatabase } from "./core/db";
import { Queue } from "./core/queue";
import type { Outcome } from "./core/sync";
import { PAGE, type Filter } from "./core/findings";
import type { Draft } from "./drafts";
import { route } from "./router";
import { EMPTY_PACK, type Answer, type Done, type Envelope, type Method, type Pack, type Visit } from "./core/types";

export interface Facts {
  demo: boolean;
  version: string;
}

export interface Toast {
  text: string;
  tone: "good" | "warning" | "bad";
  action?: { label: string; run: () => void };
}

export interface Viewer {
  title: string;
  pictures: { url: string; label: string; tone: "good" | "bad" | "" }[];
  drop?: () => void;
}

export interface State {
  facts: Facts;
  person: string;
  device: string;
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
  /** Subject → what the server refused and nothing later has put right. */
  refusals: Map<string, Envelope>;
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
  isScarce: boolean;
  isReady: boolean;
  renew: (() => void) | null;
  refusedFiles: number;
  viewer: Viewer | null;
  toast: Toast | null;
  open: Set<string>;
  drafts: Record<string, Draft>;
  /** How far the list of findings was unfolded: coming back from one finds it as it was. */
  shown: { filter: Filter; count: number };
  scanned: { token: string; method: Method } | null;
}

export function freshState(facts: Facts, person: string, database: FieldDatabase, changed: () => void): State {
  return {
    facts,
    person,
    device: "",
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
    refusals: new Map(),
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
    isScarce: false,
    isReady: false,
    renew: null,
    refusedFiles: 0,
    viewer: null,
    toast: null,
    open: new Set(),
    drafts: {},
    shown: { filter: "mine", count: PAGE },
    scanned: null,
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
  for (const thumb of thumbs) if (!state.thumbs.has(thumb.sha256)) state.thumbs.set(thumb.sha256, URL.createObjectURL(thumb.blob));
  state.drafts = await database.read("drafts", {});
  await recount(state);
}

export async function recount(state: State): Promise<void> {
  const { database } = state;
  const refused = await database.envelopes.where("state").equals("rejected").sortBy("id");
  state.rejected = refused.filter((envelope) => !envelope.isAside).length;
  state.refusals = await standing(database, refused);
  state.unsent = await database.envelopes.where("state").anyOf("queued", "waiting").count();
  // The list itself is read only where it is shown: it grows with every tap.
  if (route().name === "outbox") state.envelopes = await database.envelopes.where("state").notEqual("applied").toArray();
  state.filesLeft = await database.files.where("state").equals("queued").count();
  state.refusedFiles = await database.files.where("state").equals("refused").count();
  state.syncedAt = await database.read("synced_at", 0);
  state.clockGap = await database.read("clock_gap", 0);
}

/** What was done, as the database knows it: a refusal of the server takes it off again. */
export async function reread(state: State): Promise<void> {
  const [visits, done] = await Promise.all([state.database.visits.toArray(), state.database.done.toArray()]);
  state.visits = new Map(visits.map((visit) => [visit.key, visit]));
  state.done = new Map(done.map((thing) => [thing.key, thing]));
}

async function standing(database: FieldDatabase, refused: Envelope[]): Promise<Map<string, Envelope>> {
  const last = new Map(refused.map((envelope) => [envelope.subject, envelope]));
  for (const [subject, envelope] of last) {
    const newest = (await database.envelopes.where("subject").equals(subject).primaryKeys()).sort().at(-1);
    if (newest !== envelope.id) last.delete(subject);
  }
  return last;
}
