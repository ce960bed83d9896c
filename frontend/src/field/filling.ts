// Filling in the form of a checklist: every word and photo is kept at once; handing in makes one envelope of it.
import { photograph } from "./acts";
import { answerKey } from "./core/answers";
import { imagesOf, rowsOf, weigh, type Answers, type Form, type Weighed } from "./core/forms";
import { here } from "./core/position";
import { today } from "./core/time";
import type { Answer, Checklist, Photo, Place, Task, Verdict } from "./core/types";
import { draftOf, write } from "./drafts";
import { redraw } from "./screen";
import type { State } from "./state";
import { complain } from "./trouble";

export interface Sheet {
  task: Task;
  tag: string;
  place: Place | undefined;
  checklist: Checklist;
  form: Form;
}

export const formKey = (sheet: Pick<Sheet, "task" | "tag">): string => `form|${sheet.task.code}|${sheet.tag}`;

export function formOf(checklist: Checklist | undefined): Form | null {
  return (checklist?.form ?? null) as unknown as Form | null;
}

export function rawOf(state: State, sheet: Sheet): Answers {
  return JSON.parse(draftOf(state, formKey(sheet)).words["form"] ?? "{}") as Answers;
}

export function weighed(state: State, sheet: Sheet): Weighed {
  return weigh(sheet.form, rawOf(state, sheet), today());
}

export function photosOf(state: State, sheet: Sheet): Photo[] {
  return draftOf(state, formKey(sheet)).photos;
}

/** Write one answer; `path` is `area` or `rooms/0/area`. */
export function enter(state: State, sheet: Sheet, path: string, value: string): void {
  change(state, sheet, path, (row, name) => {
    if (value) row[name] = value;
    else delete row[name];
  });
}

export function addRow(state: State, sheet: Sheet, path: string): void {
  change(state, sheet, path, (row, name) => (row[name] = [...rowsOf(row, name), {}]));
}

export function dropRow(state: State, sheet: Sheet, path: string, number: number): void {
  change(state, sheet, path, (row, name) => (row[name] = rowsOf(row, name).filter((_row, at) => at !== number)));
}

export async function picture(state: State, sheet: Sheet, path: string, file: File, source: Photo["source"]): Promise<void> {
  const photo = await photograph(state, file, source, sheet.place);
  if (!photo) return;
  const others = photosOf(state, sheet).filter((known) => known.sha256 !== photo.sha256);
  write(state, formKey(sheet), { photos: [...others, photo] });
  enter(state, sheet, path, photo.sha256);
}

export function spot(state: State, sheet: Sheet, path: string): void {
  const found = here();
  if (found) enter(state, sheet, path, `${found.lat} ${found.lon} 0 ${found.accuracy}`);
}

/** Hand the form in. One that was handed in before is corrected; one the server refused never was. */
export async function submit(state: State, sheet: Sheet): Promise<void> {
  const { values } = weighed(state, sheet);
  const key = formKey(sheet);
  const wanted = new Set(imagesOf(sheet.form.questions, values));
  const photos = photosOf(state, sheet).filter((photo) => wanted.has(photo.sha256));
  const at = new Date().toISOString();
  const ground = { task: sheet.task.code, place: sheet.tag, checklist: sheet.checklist.code, version: sheet.form.version };
  const replaces = await standing(state, key);
  const payload = { ...ground, values, photos, at, position: here(), ...(replaces ? { replaces } : {}) };
  const answers = answersOf(sheet, values, photos, at);
  try {
    const act = { kind: "inspections.form", payload, files: [...wanted], subject: key, at };
    const { id } = await state.queue.put(act, (envelope) =>
      state.database.answers.bulkPut(answers.map((answer) => ({ ...answer, envelope }))),
    );
    for (const answer of answers) state.answers.set(answer.key, { ...answer, envelope: id });
    write(state, key, { words: { sent: id } });
  } catch (error) {
    complain(state, error);
    throw error;
  }
  redraw();
}

/** What a correction names: the last form of this place that the server has or may have. */
async function standing(state: State, key: string): Promise<string> {
  const handed = await state.database.envelopes.where("subject").equals(key).sortBy("id");
  if (!handed.length) return draftOf(state, key).words["sent"] ?? "";
  return handed.filter((envelope) => envelope.state !== "rejected").at(-1)?.id ?? String(handed.at(-1)?.payload["replaces"] ?? "");
}

/** The verdicts of the form, so that the round shows how far it is. */
function answersOf(sheet: Sheet, values: Answers, photos: Photo[], at: string): Answer[] {
  return sheet.checklist.items.flatMap((item) => {
    const verdict = values[item.key];
    if (typeof verdict !== "string") return [];
    const note = values[`${item.key}.note`];
    const given = {
      verdict: verdict as Verdict,
      severity: verdict === "fail" ? item.severity : null,
      value: null,
      note: typeof note === "string" ? note : "",
      photos: photos.filter((photo) => photo.sha256 === values[`${item.key}.photo`]),
      edits: [],
    };
    const ground = { task: sheet.task.code, place: sheet.tag, checklist: sheet.checklist.code, at, position: here(), envelope: "" };
    return [{ key: answerKey(sheet.task.code, sheet.tag, item.key), item: item.key, ...ground, ...given }];
  });
}

function change(state: State, sheet: Sheet, path: string, how: (row: Answers, name: string) => void): void {
  const raw = rawOf(state, sheet);
  const steps = path.split("/");
  let row = raw;
  for (let step = 0; step + 1 < steps.length; step += 2) {
    const inner = rowsOf(row, steps[step] ?? "")[Number(steps[step + 1])];
    if (!inner) return;
    row = inner;
  }
  how(row, steps.at(-1) ?? "");
  write(state, formKey(sheet), { words: { form: JSON.stringify(raw) } });
}
