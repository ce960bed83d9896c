// Forms of checklists: which questions count, what is worked out, what is missing or wrong. The same rules as on the
// server (standards/domain/xforms/answers.py), which has the last word. Pure.
import { asText, asTruth, evaluate, type Tree, type Value } from "./xpath";

export type Texts = Readonly<Record<string, string>>;
export type Rule = { text: string; tree: Tree };

export interface Question {
  name: string;
  kind: string;
  texts: Readonly<Record<string, Texts>>;
  rules: Readonly<Record<string, Rule>>;
  choices?: string;
  children?: readonly Question[];
}

export interface Form {
  version: number;
  title: string;
  default_language: string;
  languages: readonly string[];
  choices: Readonly<Record<string, readonly { name: string; label: Texts }[]>>;
  questions: readonly Question[];
}

export type Answers = { [name: string]: string | Answers[] };
export type Fault = "missing" | "kind" | "choice" | "rule";

export interface Weighed {
  /** What counts, with what was worked out. */
  values: Answers;
  /** `rooms/0/area` → what is wrong there. */
  faults: ReadonlyMap<string, Fault>;
  /** Paths of the questions that are asked now. */
  asked: ReadonlySet<string>;
}

type Visible = ReadonlyMap<string, Value>;

const MOST_PASSES = 25;
const SHAPES: Readonly<Record<string, RegExp>> = {
  integer: /^-?\d{1,15}$/,
  decimal: /^-?(\d{1,15}(\.\d{0,10})?|\.\d{1,10})$/,
  image: /^[0-9a-f]{64}$/,
  geopoint: /^-?\d{1,3}(\.\d+)?( -?\d{1,3}(\.\d+)?)( -?\d+(\.\d+)?){0,2}$/,
};

export function weigh(form: Form, raw: Answers, today: string): Weighed {
  const settled = settle(form, raw, today);
  const faults = new Map<string, Fault>();
  const asked = new Set<string>();
  look(form, form.questions, settled, visible(form.questions, settled), today, "", faults, asked);
  return { values: filled(settled), faults, asked };
}

/** Hashes of the photos among answers that count. */
export function imagesOf(questions: readonly Question[], values: Answers): string[] {
  const found = leaves(questions).flatMap((question) => {
    if (question.kind === "repeat") return rowsOf(values, question.name).flatMap((row) => imagesOf(question.children ?? [], row));
    const value = values[question.name];
    return question.kind === "image" && typeof value === "string" && value ? [value] : [];
  });
  return [...new Set(found)];
}

export function rowsOf(values: Answers, name: string): Answers[] {
  const rows = values[name];
  return Array.isArray(rows) ? rows : [];
}

/** The questions and repeats of one level, those inside groups among them. */
export function leaves(questions: readonly Question[]): Question[] {
  return questions.flatMap((question) => {
    if (question.kind === "group") return leaves(question.children ?? []);
    return question.kind === "note" ? [] : [question];
  });
}

function settle(form: Form, raw: Answers, today: string): Answers {
  let before = raw;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const after = once(form.questions, raw, before, visible(form.questions, before), today);
    if (JSON.stringify(after) === JSON.stringify(before)) break;
    before = after;
  }
  return before;
}

function once(questions: readonly Question[], raw: Answers, before: Answers, seen: Visible, today: string): Answers {
  const found: Answers = {};
  for (const question of questions) {
    const { name, kind, children = [], rules } = question;
    if (!holds(question, "relevant", seen, today, true)) continue;
    if (kind === "group") Object.assign(found, once(children, raw, before, seen, today));
    else if (kind === "repeat") {
      const rows = rowsOf(raw, name);
      const past = name in before ? rowsOf(before, name) : rows;
      found[name] = rows.map((row, number) => {
        const was = past[number] ?? row;
        return once(children, row, was, new Map([...seen, ...visible(children, was)]), today);
      });
    } else if (rules["calculation"]) found[name] = workedOut(rules["calculation"], seen, today);
    else if (kind !== "note") found[name] = textOf(raw, name).trim();
  }
  return found;
}

/** The result of a calculation; one that has nothing to go by yet is empty. */
function workedOut(rule: Rule, seen: Visible, today: string): string {
  const result = asText(evaluate(rule.tree, { values: seen, current: "", today }));
  return result === "NaN" ? "" : result;
}

function visible(questions: readonly Question[], values: Answers): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const question of leaves(questions)) {
    if (question.kind !== "repeat") {
      found.set(question.name, textOf(values, question.name));
      continue;
    }
    const inside = rowsOf(values, question.name).map((row) => visible(question.children ?? [], row));
    for (const name of everything(question.children ?? []))
      found.set(name, inside.flatMap((row) => (row.has(name) ? [...listed(row.get(name) ?? "")] : [])));
  }
  return found;
}

function everything(questions: readonly Question[]): string[] {
  return questions.flatMap((question) => [question.name, ...everything(question.children ?? [])]);
}

const listed = (value: Value): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : [asText(value)]);

function textOf(values: Answers, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}

function holds(question: Question, rule: string, seen: Visible, today: string, otherwise: boolean): boolean {
  const known = question.rules[rule];
  return known ? asTruth(evaluate(known.tree, { values: seen, current: "", today })) : otherwise;
}

function look(
  form: Form,
  questions: readonly Question[],
  values: Answers,
  seen: Visible,
  today: string,
  path: string,
  faults: Map<string, Fault>,
  asked: Set<string>,
): void {
  for (const question of questions) {
    const here = path + question.name;
    const { children = [] } = question;
    if (!holds(question, "relevant", seen, today, true)) continue;
    asked.add(here);
    if (question.kind === "group") look(form, children, values, seen, today, path, faults, asked);
    else if (question.kind === "repeat")
      rowsOf(values, question.name).forEach((row, number) =>
        look(form, children, row, new Map([...seen, ...visible(children, row)]), today, `${here}/${number}/`, faults, asked),
      );
    else if (question.name in values) {
      const fault = faultOf(form, question, textOf(values, question.name), seen, today);
      if (fault) faults.set(here, fault);
    }
  }
}

function faultOf(form: Form, question: Question, value: string, seen: Visible, today: string): Fault | null {
  if (question.rules["calculation"]) return null;
  if (!value) return holds(question, "required", seen, today, false) ? "missing" : null;
  const shape = SHAPES[question.kind];
  if (shape && !shape.test(value)) return "kind";
  if (question.choices && !isChoice(form, question, value)) return "choice";
  const rule = question.rules["constraint"];
  return rule && !asTruth(evaluate(rule.tree, { values: seen, current: value, today })) ? "rule" : null;
}

function isChoice(form: Form, question: Question, value: string): boolean {
  const names = new Set((form.choices[question.choices ?? ""] ?? []).map((choice) => choice.name));
  return (question.kind === "select_multiple" ? value.split(/\s+/) : [value]).every((name) => names.has(name));
}

function filled(values: Answers): Answers {
  const found: Answers = {};
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(value)) {
      if (value.length) found[name] = value.map(filled);
    } else if (value) found[name] = value;
  }
  return found;
}
