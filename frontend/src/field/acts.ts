// What a person does, as envelopes. The screen changes first, the database follows in order.
import { sha256 } from "./core/canonical";
import { answerKey, changed, type Change } from "./core/answers";
import { judgeFence } from "./core/fence";
import { distanceTo } from "./core/places";
import { keepFile, keepPhoto } from "./core/photos";
import { here } from "./core/position";
import { t } from "./core/text";
import { clock, exact } from "./core/time";
import type { Json } from "./core/canonical";
import type { Answer, FenceNote, Item, Method, PatrolRoute, Photo, Place, Post, RoutePoint, Slot, Task, Visit } from "./core/types";
import { finishKey, pointKey, punchKey } from "./lookup";
import type { State } from "./state";
import { redraw, say } from "./screen";
import { challenge } from "./syncing";
import { complain } from "./trouble";

export function answer(state: State, task: Task, place: string, item: Pick<Item, "key" | "severity">, change: Change): void {
  const key = answerKey(task.code, place, item.key);
  const before = state.answers.get(key);
  const ground = { task: task.code, place, checklist: task.checklist };
  const after = changed(before, item, ground, change, { at: now(), position: here() });
  if ("verdict" in change) state.undo.push({ key, before });
  keep(state, after);
}

export function undo(state: State, task: string, place: string): void {
  const last = state.undo.map((step) => step.key.startsWith(answerKey(task, place, ""))).lastIndexOf(true);
  const step = state.undo[last];
  if (!step) return;
  state.undo.splice(last, 1);
  if (step.before?.verdict) keep(state, step.before);
  else void withdraw(state, step.key, step.before);
}

async function withdraw(state: State, key: string, before: Answer | undefined): Promise<void> {
  if (await state.queue.withdraw(key)) state.answers.delete(key);
  else return say({ text: t("Already sent. Choose another answer instead."), tone: "warning" });
  if (before) keep(state, { ...before, envelope: "" });
  redraw();
}

function keep(state: State, answer: Answer): void {
  state.answers.set(answer.key, answer);
  redraw();
  state.queue.answer(answer).catch((error: unknown) => complain(state, error));
}

export async function photograph(state: State, file: File, source: Photo["source"], place?: Place): Promise<Photo | null> {
  const at = now();
  const position = here();
  const metres = distanceTo(place, position);
  const spot = position ? `${position.lat}, ${position.lon} ±${position.accuracy} m` : "";
  const short = metres === null ? clock(at) : `${clock(at)} · ${metres} m`;
  const label = `${short}\n${[exact(at), place?.name, spot].filter(Boolean).join(" · ")}`;
  try {
    const photo = await keepPhoto(state.database, file, { label, position, source, at });
    const thumb = await state.database.thumbs.get(photo.sha256);
    if (thumb) state.thumbs.set(photo.sha256, URL.createObjectURL(thumb.blob));
    return photo;
  } catch (error) {
    complain(state, error);
    return null;
  }
}

export async function arrive(state: State, task: Task, place: Place, method: Method, token: string): Promise<void> {
  const at = now();
  const position = here();
  const key = `${task.code}|${place.tag}`;
  const visit: Visit = { key, task: task.code, place: place.tag, method, at, distance: distanceTo(place, position) };
  const payload = { task: task.code, place: place.tag, method, token, challenge: await challenge(state), at, position };
  await put(state, "inspections.checkin", payload, [], key, () => state.database.visits.put(visit));
  state.visits.set(key, visit);
  redraw();
}

export async function finish(state: State, task: Task, signature: Blob | null, note: string, counts: { answered: number; skipped: number }): Promise<void> {
  let sign: string | null = null;
  if (signature) {
    sign = await sha256(await signature.arrayBuffer());
    await keepFile(state.database, sign, signature, null);
  }
  const payload = { task: task.code, at: now(), signature: sign, note, ...counts };
  await once(state, "inspections.finish", payload, sign ? [sign] : [], finishKey(task.code), { title: `${task.title} · ${task.line_name}` });
  await state.queue.release();
}

/** An act that is done once for its subject; the screen remembers it even before the server knows. */
export async function once(
  state: State,
  kind: string,
  payload: Record<string, Json>,
  files: string[],
  key: string,
  more: { title?: string; fence?: FenceNote } = {},
): Promise<void> {
  const at = String(payload["at"] ?? now());
  const made = { key, kind, at, envelope: "", ...more };
  await put(state, kind, payload, files, key, (id) => state.database.done.put({ ...made, envelope: id }));
  state.done.set(key, made);
  redraw();
}

async function put(
  state: State,
  kind: string,
  payload: Record<string, Json>,
  files: string[],
  subject: string,
  beside: (id: string) => Promise<unknown>,
): Promise<void> {
  try {
    await state.queue.put({ kind, payload, files, subject, at: String(payload["at"] ?? now()) }, beside);
  } catch (error) {
    complain(state, error);
    throw error;
  }
}

/** Returns what the fence of the post makes of it: whoever stands there should know before the server says so. */
export async function punch(state: State, post: Post, slot: Slot, direction: "in" | "out", method: Method, token: string): Promise<FenceNote | null> {
  const { shift, day, worker } = slot;
  const seen = { at: now(), position: here() };
  const fence = judgeFence(post, seen.position);
  const payload = { post: post.code, shift, day, direction, method, token, ...seen, challenge: await challenge(state), worker };
  await once(state, "attendance.punch", payload, [], punchKey(slot, direction), fence ? { fence } : {});
  return fence;
}

export async function pass(state: State, route: PatrolRoute, point: RoutePoint, method: Method, token: string): Promise<void> {
  const payload = { route: route.code, point: point.place, method, token, at: now(), position: here() };
  await once(state, "attendance.patrol", payload, [], pointKey(route, point));
}

export async function reply(state: State, finding: string, words: { cause: string; action: string }, photos: Photo[]): Promise<void> {
  await once(state, "inspections.reply", { finding, ...words, photos, at: now() }, hashes(photos), `finding|${finding}`);
}

export async function recheck(state: State, finding: string, is_accepted: boolean, note: string, photos: Photo[]): Promise<void> {
  const payload = { finding, is_accepted, note, photos, at: now(), position: here() };
  await once(state, "inspections.recheck", payload, hashes(photos), `finding|${finding}`);
}

export async function praise(state: State, line: string, place: string, text: string, photos: Photo[]): Promise<void> {
  const at = now();
  await put(state, "inspections.praise", { line, place, text, photos, at, position: here() }, hashes(photos), `praise|${line}|${place}|${at}`, none);
}

const none = (): Promise<void> => Promise.resolve();

function hashes(photos: Photo[]): string[] {
  return photos.map((photo) => photo.sha256);
}

export function now(): string {
  return new Date().toISOString();
}
