// Things of the pack by their public codes.
import { today } from "./core/time";
import type { Checklist, Finding, PatrolRoute, Place, Post, Slot, Task } from "./core/types";
import type { State } from "./state";

export const taskOf = (state: State, code: string): Task | undefined => state.pack.tasks.find((task) => task.code === code);

export const checklistOf = (state: State, task: Task | undefined): Checklist | undefined =>
  state.pack.checklists.find((checklist) => checklist.code === task?.checklist);

export const findingOf = (state: State, code: string): Finding | undefined => state.pack.findings.find((finding) => finding.code === code);

export const postOf = (state: State, code: string): Post | undefined => state.pack.posts.find((post) => post.code === code);

export const routeOf = (state: State, code: string): PatrolRoute | undefined => state.pack.routes.find((route) => route.code === code);

export const slotsOf = (state: State, post: string): Slot[] => state.pack.slots.filter((slot) => slot.post === post);

const EARLY_MS = 2 * 3_600_000;
const LATE_MS = 4 * 3_600_000;

/** A shift takes check-ins and check-outs on its day, and around its hours: a night shift ends on the day after. */
export function isOpen(slot: Slot, now: number = Date.now()): boolean {
  if (slot.day === today(now)) return true;
  return Date.parse(slot.starts_at) - EARLY_MS <= now && now <= Date.parse(slot.ends_at) + LATE_MS;
}

/** Only the vendor's own people check in and walk patrols; who looks after the estate watches. */
export const mayPunch = (state: State): boolean => state.pack.me.is_vendor;

let index = new Map<string, Place>();
let indexed: readonly Place[] = [];

export function placeOf(state: State, tag: string): Place | undefined {
  if (indexed !== state.pack.places) {
    indexed = state.pack.places;
    index = new Map(indexed.map((place) => [place.tag, place]));
  }
  return index.get(tag);
}

export const finishKey = (task: string): string => `finish|${task}`;
export const punchKey = (slot: Pick<Slot, "post" | "day" | "shift">, direction: string): string =>
  `punch|${slot.post}|${slot.day}|${slot.shift}|${direction}`;
export const pointKey = (route: PatrolRoute, point: { place: string; order: number }): string =>
  `point|${route.code}|${route.day}|${point.order}|${point.place}`;

export function isMine(state: State, finding: Finding): boolean {
  if (state.done.has(`finding|${finding.code}`) || finding.can_act === false) return false;
  return finding.waits_for === (state.pack.me.is_vendor ? "vendor" : "recheck");
}

export const mineCount = (state: State): number => state.pack.findings.filter((finding) => isMine(state, finding)).length;
