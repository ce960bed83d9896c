// When to synchronise: after every act, when the line comes back, when the app is looked at, and on a clock that backs off.
import { BASE, Sync, backoff, type Send } from "./core/sync";
import { waitingOfOthers } from "./core/db";
import { prune, reopenAnswered } from "./core/prune";
import { EMPTY_PACK } from "./core/types";
import { redraw } from "./screen";
import { askSession } from "./session";
import { complain, measure } from "./trouble";
import { recount, reread, type State } from "./state";

const PACK_MS = 5 * 60_000;
const IDLE_MS = 60_000;
const SOON_MS = 1_500;
const CHALLENGE_MS = 60_000;
const PATIENCE_MS = 1_500;

let failures = 0;
let timer = 0;
let packAt = 0;
let challengeAt = 0;

export function csrf(): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

export const send: Send = (path, options = {}) =>
  fetch(path, { ...options, headers: { Accept: "application/json", "X-CSRFToken": csrf(), ...options.headers } });

export function startSync(state: State): void {
  const soon = (): void => plan(state, SOON_MS);
  addEventListener("online", () => {
    state.isOnline = true;
    failures = 0;
    plan(state, 0);
  });
  addEventListener("offline", () => {
    state.isOnline = false;
    redraw();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? void leave(state) : soon()));
  addEventListener("hashchange", () => void recount(state).then(redraw));
  plan(state, 0);
}

export function plan(state: State, delay: number): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => void synchronise(state), delay);
}

/** Something entered the queue: count it, and send it soon. */
export async function touched(state: State): Promise<void> {
  await recount(state);
  redraw();
  if (state.isOnline && !state.isSyncing && failures === 0) plan(state, SOON_MS);
}

export async function synchronise(state: State, isForced = false): Promise<void> {
  if (state.isSyncing) return;
  state.isSyncing = true;
  redraw();
  let ran = false;
  try {
    if (isForced) await state.queue.release();
    ran = await navigator.locks.request("duban-field-sync", { ifAvailable: true }, async (lock) => {
      if (lock) await attempt(state, isForced);
      return lock !== null;
    });
  } catch (error) {
    failures += 1;
    complain(state, error);
  } finally {
    state.isSyncing = false;
    await recount(state);
    await reread(state);
    redraw();
    plan(state, ran && state.outcome === "done" ? await nextHeld(state) : backoff(failures));
  }
}

async function attempt(state: State, isForced: boolean): Promise<void> {
  const session = await askSession();
  const progress = (): void => void recount(state).then(redraw);
  const sync = new Sync(state.database, send, state.device, Date.now, progress);
  if (typeof session === "string") state.outcome = session;
  else if (session.person !== state.person) state.outcome = "other_person";
  else state.outcome = session.sync ? await sync.run() : "trouble";
  failures = state.outcome === "done" ? 0 : failures + 1;
  state.isOnline = state.outcome !== "offline";
  if (state.outcome === "done" && (isForced || Date.now() - packAt > PACK_MS)) await refresh(state, sync);
}

async function refresh(state: State, sync: Sync): Promise<void> {
  try {
    const pack = await sync.fetchPack();
    if (pack) {
      state.pack = { ...EMPTY_PACK, ...pack };
      await prune(state.database, state.pack);
    }
    await reopenAnswered(state.database);
    void keepPictures(state);
    await fetchChallenge(state);
    packAt = Date.now();
    state.others = await waitingOfOthers(state.person);
    await measure(state);
  } catch {
    packAt = 0;
  }
}

/** A number of the server for the next check-in: who echoes it had a line a moment before. */
async function fetchChallenge(state: State, signal: AbortSignal | null = null): Promise<void> {
  const answer = await send(`${BASE}challenge`, { method: "POST", credentials: "same-origin", signal });
  if (!answer.ok) return;
  await state.database.write("challenge", ((await answer.json()) as { challenge: string }).challenge);
  challengeAt = Date.now();
}

/** The newest number there is; one that is older than a minute is asked for anew, if that is quick. */
export async function challenge(state: State): Promise<string> {
  if (state.isOnline && Date.now() - challengeAt > CHALLENGE_MS)
    await fetchChallenge(state, AbortSignal.timeout(PATIENCE_MS)).catch(() => undefined);
  return state.database.read("challenge", "");
}

// Reference pictures and photos of findings, so that they are there in the basement.
async function keepPictures(state: State): Promise<void> {
  const pictures = state.pack.checklists.flatMap(({ items }) => items.flatMap((item) => [item.good_picture, item.bad_picture]));
  const photos = state.pack.findings.flatMap((finding) => finding.photos);
  const wanted = new Set([...pictures, ...photos].filter(Boolean));
  const cache = await caches.open("field-pictures");
  for (const key of await cache.keys()) {
    const { pathname, search } = new URL(key.url);
    if (!wanted.has(pathname + search)) await cache.delete(key);
  }
  for (const url of wanted) if (!(await cache.match(url, { ignoreVary: true }))) await cache.add(url).catch(() => undefined);
}

async function leave(state: State): Promise<void> {
  await state.queue.release();
  const registration = (await navigator.serviceWorker?.getRegistration("/field/")) as
    | (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } })
    | undefined;
  if (state.unsent) await registration?.sync?.register("duban-field").catch(() => undefined);
}

async function nextHeld(state: State): Promise<number> {
  const queued = await state.database.envelopes.where("state").equals("queued").toArray();
  const held = queued.map((envelope) => envelope.ready_at - Date.now());
  return held.length ? Math.max(SOON_MS, Math.min(...held)) : IDLE_MS;
}
