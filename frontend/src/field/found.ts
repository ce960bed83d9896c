// A code was read: what can be done at that place, and doing the one thing it was read for.
import { arrive, pass, punch } from "./acts";
import { placeOfToken } from "./core/places";
import { roundNow, underWay } from "./core/rounds";
import { t } from "./core/text";
import type { Method, PatrolRoute, Place, RoutePoint, Slot, Task } from "./core/types";
import { enter as enterAnswer, formOf } from "./filling";
import { checklistOf, finishKey, isOpen, mayPunch, placeOf, postOf, routeOf, taskOf } from "./lookup";
import { fenceWords } from "./parts/words";
import { go, swap } from "./router";
import { say } from "./screen";
import type { State } from "./state";

export interface Choices {
  place: Place;
  tasks: Task[];
  slots: Slot[];
  points: { route: PatrolRoute; point: RoutePoint }[];
}

export function choicesAt(state: State, place: Place): Choices {
  const posts = new Set(state.pack.posts.filter((post) => post.place === place.tag).map((post) => post.code));
  return {
    place,
    tasks: state.pack.tasks.filter((task) => task.places.includes(place.tag) && !state.done.has(finishKey(task.code))),
    slots: state.pack.slots.filter((slot) => mayPunch(state) && posts.has(slot.post) && isOpen(slot)),
    points: underWay(state.pack.routes).flatMap((route) =>
      route.points.filter((point) => point.place === place.tag).map((point) => ({ route, point })),
    ),
  };
}

/** `aim` is what the person scans for: `["task", code]`, `["punch", post, day, shift, direction]`, `["patrol", route, order]` or nothing. */
export async function found(state: State, aim: readonly string[], token: string, method: Method): Promise<void> {
  if (aim[0] === "form") return foundForm(state, aim, token);
  if (aim[0] === "punch") return foundPost(state, aim, token, method);
  const place = placeOfToken(token, state.pack.places);
  if (!place) {
    say({ text: t("This code belongs to no place on your phone: {code}", { code: token.slice(0, 40) }), tone: "bad" });
    return;
  }
  if (aim[0] === "task") return foundPlace(state, aim[1] ?? "", place, token, method);
  if (aim[0] === "patrol") return foundPoint(state, aim, place, token, method);
  const { tasks, slots, points } = choicesAt(state, place);
  if (tasks.length === 1 && !slots.length && !points.length && tasks[0]) return enter(state, tasks[0], place, token, method);
  state.scanned = { token, method };
  swap("here", place.tag);
}

export async function enter(state: State, task: Task, place: Place, token: string, method: Method): Promise<void> {
  if (!state.visits.has(`${task.code}|${place.tag}`)) await arrive(state, task, place, method, token);
  swap("place", task.code, place.tag);
}

/** A code that a question of a form asks for. */
function foundForm(state: State, aim: readonly string[], token: string): void {
  const [, code = "", tag = "", path = ""] = aim;
  const task = taskOf(state, code);
  const checklist = checklistOf(state, task);
  const form = formOf(checklist);
  if (task && checklist && form) enterAnswer(state, { task, tag, place: placeOf(state, tag), checklist, form }, path, token);
  swap("place", code, tag);
}

async function foundPlace(state: State, code: string, place: Place, token: string, method: Method): Promise<void> {
  const task = taskOf(state, code);
  if (task?.places.includes(place.tag)) return enter(state, task, place, token, method);
  say({ text: t("{place} is not part of this task.", { place: place.name }), tone: "warning" });
}

async function foundPost(state: State, aim: readonly string[], token: string, method: Method): Promise<void> {
  const [, code = "", day = "", shift = "", direction = ""] = aim;
  const slot = state.pack.slots.find((known) => known.post === code && known.day === day && known.shift === shift);
  const post = postOf(state, code);
  const place = method === "position" ? undefined : placeOfToken(token, state.pack.places);
  if (!slot || !post) return;
  if (method !== "position" && post.place && place?.tag !== post.place) {
    say({ text: t("This is not the code of {post}.", { post: post.name }), tone: "warning" });
    return;
  }
  await stand(state, slot, direction === "out" ? "out" : "in", method, token);
  swap("posts");
}

/** Check in or out, and say what became of it: where the fence does not simply take it, why. */
export async function stand(state: State, slot: Slot, direction: "in" | "out", method: Method, token: string): Promise<void> {
  const post = postOf(state, slot.post);
  if (!post) return;
  const fence = await punch(state, post, slot, direction, method, token);
  if (fence) {
    const { title, why } = fenceWords(fence);
    return say({ text: `${title}: ${why}`, tone: fence.verdict === "refused" ? "bad" : "warning" });
  }
  say({ text: direction === "out" ? t("Checked out at {post}", { post: post.name }) : t("Checked in at {post}", { post: post.name }), tone: "good" });
}

async function foundPoint(state: State, aim: readonly string[], place: Place, token: string, method: Method): Promise<void> {
  const opened = routeOf(state, aim[1] ?? "");
  const route = opened && roundNow(state.pack.routes, opened);
  const point = route?.points.find((known) => known.place === place.tag && (!aim[2] || String(known.order) === aim[2]));
  if (!route || !point) {
    say({ text: t("{place} is not the next point of this patrol.", { place: place.name }), tone: "warning" });
    return;
  }
  await pass(state, route, point, method, token);
  say({ text: t("{place} passed", { place: place.name }), tone: "good" });
  go("patrol", route.code);
}
