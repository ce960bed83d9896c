// How far a round is, and what still keeps it from being whole. Pure.
import { answerKey, lacks } from "./answers";
import type { Answer, Checklist, Item, Task } from "./types";

export interface Progress {
  total: number;
  answered: number;
  failed: number;
  lacking: number;
}

type Answers = ReadonlyMap<string, Answer>;

/** The places of a round; a task without any is one round over the whole estate. */
export function placesOf(task: Pick<Task, "places">): string[] {
  return task.places.length ? task.places : [""];
}

export function progressAt(task: Task, checklist: Checklist | undefined, place: string, answers: Answers): Progress {
  const found: Progress = { total: 0, answered: 0, failed: 0, lacking: 0 };
  for (const item of checklist?.items ?? []) {
    const answer = answers.get(answerKey(task.code, place, item.key));
    found.total += 1;
    if (!answer?.verdict) continue;
    found.answered += 1;
    if (answer.verdict === "fail") found.failed += 1;
    if (lacks(item, answer).length) found.lacking += 1;
  }
  return found;
}

export function progressOf(task: Task, checklist: Checklist | undefined, answers: Answers): Progress {
  return placesOf(task)
    .map((place) => progressAt(task, checklist, place, answers))
    .reduce((sum, part) => ({
      total: sum.total + part.total,
      answered: sum.answered + part.answered,
      failed: sum.failed + part.failed,
      lacking: sum.lacking + part.lacking,
    }));
}

/** The next place that is not whole yet, looking onwards from this one and then from the start. */
export function nextPlace(task: Task, checklist: Checklist | undefined, place: string, answers: Answers): string | undefined {
  const places = placesOf(task);
  const start = places.indexOf(place) + 1;
  return [...places.slice(start), ...places.slice(0, start)].find((tag) => {
    const { total, answered, lacking } = progressAt(task, checklist, tag, answers);
    return tag !== place && (answered < total || lacking > 0);
  });
}

/** The first item on this place that still asks for something. */
export function openItem(task: Task, checklist: Checklist | undefined, place: string, answers: Answers): Item | undefined {
  return checklist?.items.find((item) => lacks(item, answers.get(answerKey(task.code, place, item.key))).length > 0);
}
