// What an answer is, how it changes, and when it is whole. Pure.
import type { Answer, Edit, Item, Position, Severity, Verdict } from "./types";

/** As many as the server takes. */
export const MOST_PHOTOS = 20;
const MOST_EDITS = 100;
const NUMBER = /^-?\d{1,9}(\.\d{1,3})?$/;

export interface Change {
  verdict?: Verdict | null;
  severity?: Severity | null;
  value?: string | null;
  note?: string;
  photos?: Answer["photos"];
}

export interface Ground {
  task: string;
  place: string;
  checklist: string;
}

export function answerKey(task: string, place: string, item: string): string {
  return `${task}|${place}|${item}`;
}

export function changed(
  before: Answer | undefined,
  item: { key: string; severity: Severity },
  ground: Ground,
  change: Change,
  moment: { at: string; position: Position | null },
): Answer {
  const base = before ?? blank(item.key, ground, moment);
  const after = { ...base, ...change };
  if (after.verdict === "fail") after.severity ??= item.severity;
  const isAltered = after.verdict !== base.verdict || after.severity !== base.severity || after.note !== base.note;
  if (before?.verdict && isAltered) after.edits = [...base.edits, editOf(base, moment.at)].slice(-MOST_EDITS);
  if (!before || after.verdict !== base.verdict) Object.assign(after, moment);
  return after;
}

/** What still keeps an answer from being whole, in the order in which it is asked for. */
export type Lack = "verdict" | "value" | "photo";

export function lacks(item: Item, answer: Answer | undefined): Lack[] {
  if (!answer?.verdict) return ["verdict"];
  if (answer.verdict === "not_applicable") return [];
  const found: Lack[] = [];
  if (item.needs_value && !answer.value) found.push("value");
  if (item.needs_photo && !answer.photos.length) found.push("photo");
  return found;
}

/** A measured value as the server takes it; undefined if it is none. */
export function measured(text: string): string | null | undefined {
  const written = text.trim().replace(/[,，]/, ".").replace("。", ".");
  if (!written) return null;
  return NUMBER.test(written) ? written : undefined;
}

export function isRepeat(item: Item, place: string): number {
  return item.repeats_90?.[place] ?? 0;
}

function blank(item: string, ground: Ground, moment: { at: string; position: Position | null }): Answer {
  const key = answerKey(ground.task, ground.place, item);
  return { ...ground, ...moment, key, item, verdict: null, severity: null, value: null, note: "", photos: [], edits: [], envelope: "" };
}

function editOf(answer: Answer, at: string): Edit {
  return { at, verdict: answer.verdict, severity: answer.verdict === "fail" ? answer.severity : null, note: answer.note };
}
