// The form of a checklist on the screen: only what is asked now, each question by its kind, faults where they are.
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { leaves, rowsOf, type Answers, type Fault, type Question, type Texts, type Weighed } from "../core/forms";
import { here } from "../core/position";
import { spoken, t } from "../core/text";
import { addRow, dropRow, enter, formKey, photosOf, picture, rawOf, spot, submit, weighed, type Sheet } from "../filling";
import { to } from "../router";
import { redraw, say } from "../screen";
import type { State } from "../state";
import { icon } from "./icons";
import { photoRow } from "./photos";

interface Page {
  state: State;
  sheet: Sheet;
  found: Weighed;
  isTried: boolean;
}

type Draw = (page: Page, question: Question, path: string, value: string) => TemplateResult | typeof nothing;

const tried = new Set<string>();

export function formBody(state: State, sheet: Sheet): TemplateResult {
  const page = { state, sheet, found: weighed(state, sheet), isTried: tried.has(formKey(sheet)) };
  return html`<form class="sheet" @submit=${(event: Event) => event.preventDefault()}>
    ${level(page, sheet.form.questions, rawOf(state, sheet), page.found.values, "")}
  </form>`;
}

/** How many of the questions asked now have an answer. */
export function formShare(state: State, sheet: Sheet): { done: number; total: number } {
  const { values, asked } = weighed(state, sheet);
  const paths = [...pathsOf(sheet.form.questions, rawOf(state, sheet), values, "")].filter(([path]) => asked.has(path));
  return { done: paths.filter(([, isFilled]) => isFilled).length, total: paths.length };
}

export function formFoot(state: State, sheet: Sheet, next: () => void): TemplateResult {
  const { faults } = weighed(state, sheet);
  const hand = async (): Promise<void> => {
    tried.add(formKey(sheet));
    redraw();
    const [first] = faults.keys();
    if (first !== undefined) {
      say({ text: t("{count} answers are missing or wrong.", { count: faults.size }), tone: "warning" });
      document.getElementById(`q-${first}`)?.scrollIntoView({ behavior: "smooth", block: "center" });
      return;
    }
    await submit(state, sheet);
    tried.delete(formKey(sheet));
    say({ text: t("The form is handed in. It is sent as soon as there is a connection."), tone: "good" });
    next();
  };
  return html`<button type="button" class="action main" @click=${() => void hand()}>${t("Hand in the form")}</button>`;
}

function* pathsOf(questions: readonly Question[], raw: Answers, values: Answers, path: string): Generator<[string, boolean]> {
  for (const question of leaves(questions)) {
    if (question.kind === "repeat") {
      const settled = rowsOf(values, question.name);
      for (const [number, row] of rowsOf(raw, question.name).entries())
        yield* pathsOf(question.children ?? [], row, settled[number] ?? {}, `${path}${question.name}/${number}/`);
    } else if (!question.rules["calculation"]) yield [path + question.name, Boolean(values[question.name])];
  }
}

function level(page: Page, questions: readonly Question[], raw: Answers, values: Answers, path: string): TemplateResult {
  return html`${questions.map((question) => drawn(page, question, raw, values, path + question.name, path))}`;
}

function drawn(
  page: Page,
  question: Question,
  raw: Answers,
  values: Answers,
  path: string,
  inside: string,
): TemplateResult | typeof nothing {
  if (!page.found.asked.has(path)) return nothing;
  const label = words(page, question.texts["label"]);
  if (question.kind === "group")
    return html`<fieldset class="sheet-group">
      <legend class="group">${label}</legend>
      ${level(page, question.children ?? [], raw, values, inside)}
    </fieldset>`;
  if (question.kind === "repeat") return rows(page, question, raw, values, path, label);
  if (question.kind === "note") return html`<p class="sheet-note">${label}</p>`;
  const settled = values[question.name];
  if (question.rules["calculation"])
    return label ? html`<p class="sheet-note">${label} <output>${typeof settled === "string" ? settled : ""}</output></p>` : nothing;
  const given = raw[question.name];
  const value = typeof given === "string" ? given : "";
  const fault = page.found.faults.get(path);
  const isShown = fault && (page.isTried || (value !== "" && fault !== "missing"));
  const hint = words(page, question.texts["hint"]);
  return html`<div class="question" id=${`q-${path}`} data-wrong=${isShown ? "yes" : nothing}>
    <p class="question-label" id=${`l-${path}`}>
      ${label || question.name} ${question.rules["required"] ? html`<b class="red" aria-hidden="true">*</b>` : nothing} ${example(page, question)}
    </p>
    ${hint ? html`<p class="question-hint">${hint}</p>` : nothing} ${(DRAW[question.kind] ?? text)(page, question, path, value)}
    ${isShown ? html`<p class="wanting" role="alert">${icon("alert")} ${faultWords(page, question, fault)}</p>` : nothing}
  </div>`;
}

function rows(page: Page, repeat: Question, raw: Answers, values: Answers, path: string, label: string): TemplateResult {
  const { state, sheet } = page;
  const settled = rowsOf(values, repeat.name);
  return html`<section class="sheet-repeat">
    <h2 class="group">${label}<b>${rowsOf(raw, repeat.name).length}</b></h2>
    ${rowsOf(raw, repeat.name).map(
      (row, number) => html`<fieldset class="sheet-row">
        <legend>${label} ${number + 1}</legend>
        ${level(page, repeat.children ?? [], row, settled[number] ?? {}, `${path}/${number}/`)}
        <button type="button" class="wide quiet" @click=${() => dropRow(state, sheet, path, number)}>${t("Remove entry {number}", { number: number + 1 })}</button>
      </fieldset>`,
    )}
    <button type="button" class="wide quiet" @click=${() => addRow(state, sheet, path)}>${icon("plus")} ${t("Add an entry")}</button>
  </section>`;
}

const text: Draw = (page, question, path, value) => input(page, path, value, question.kind === "text" ? "text" : "decimal");

function input(page: Page, path: string, value: string, mode: string): TemplateResult {
  const entered = (event: Event): void => {
    const given = (event.target as HTMLInputElement).value;
    enter(page.state, page.sheet, path, mode === "text" ? given : given.replace(",", "."));
  };
  return html`<input
    type="text"
    inputmode=${mode}
    autocomplete="off"
    maxlength="2000"
    aria-labelledby=${`l-${path}`}
    .value=${live(value)}
    @input=${entered}
  />`;
}

const choices: Draw = (page, question, path, value) => {
  const isMany = question.kind === "select_multiple";
  const chosen = isMany ? value.split(" ").filter(Boolean) : [value];
  const isVerdict = page.sheet.checklist.items.some((item) => item.key === question.name);
  const toggle = (name: string): void => {
    const kept = chosen.filter((known) => known !== name);
    const several = chosen.includes(name) ? kept : [...kept, name];
    enter(page.state, page.sheet, path, isMany ? several.join(" ") : value === name ? "" : name);
  };
  return html`<div class=${isVerdict ? "verdicts" : "chips"} role="group" aria-labelledby=${`l-${path}`}>
    ${(page.sheet.form.choices[question.choices ?? ""] ?? []).map(
      ({ name, label }) => html`<button
        type="button"
        class=${isVerdict ? `verdict ${name}` : "chip"}
        aria-pressed=${chosen.includes(name)}
        @click=${() => toggle(name)}
      >
        ${words(page, label) || name}
      </button>`,
    )}
  </div>`;
};

const image: Draw = (page, _question, path, value) => {
  const { state, sheet } = page;
  const shown = photosOf(state, sheet).filter((photo) => photo.sha256 === value);
  return photoRow(
    state,
    shown,
    sheet.task.gallery_allowed,
    (file, source) => picture(state, sheet, path, file, source),
    () => enter(state, sheet, path, ""),
  );
};

const geopoint: Draw = (page, _question, path, value) => {
  const [lat = "", lon = "", , accuracy = ""] = value.split(" ");
  const isKnown = here() !== null;
  return html`<div class="spot">
    ${value ? html`<output>${lat}, ${lon}${accuracy ? ` ±${accuracy} m` : ""}</output>` : nothing}
    <button type="button" class="wide quiet" ?disabled=${!isKnown} aria-describedby=${`l-${path}`} @click=${() => spot(page.state, page.sheet, path)}>
      ${icon("pin")} ${isKnown ? t("Take the position here") : t("Looking for the position…")}
    </button>
  </div>`;
};

const barcode: Draw = (page, _question, path, value) =>
  html`<div class="typed">
    ${input(page, path, value, "text")}
    <a class="quiet" href=${to("scan", "form", page.sheet.task.code, page.sheet.tag, path)} aria-label=${t("Scan a code")}>${icon("scan")}</a>
  </div>`;

const DRAW: Readonly<Record<string, Draw>> = {
  text: (page, _question, path, value) => input(page, path, value, "text"),
  select_one: choices,
  select_multiple: choices,
  image,
  geopoint,
  barcode,
};

/** How it should look, where the question is about an item that has pictures. */
function example({ state, sheet }: Page, question: Question): TemplateResult | typeof nothing {
  const item = sheet.checklist.items.find((known) => known.key === question.name);
  const pictures = [
    { url: item?.good_picture ?? "", label: t("Good"), tone: "good" as const },
    { url: item?.bad_picture ?? "", label: t("Bad"), tone: "bad" as const },
  ].filter((found) => found.url);
  if (!pictures.length) return nothing;
  const show = (): void => {
    state.viewer = { title: t("How it should look"), pictures };
    redraw();
  };
  return html`<button type="button" class="item-picture" @click=${show} aria-label=${t("How it should look")}>
    <img src=${pictures[0]?.url ?? ""} alt="" loading="lazy" decoding="async" />
  </button>`;
}

function faultWords(page: Page, question: Question, fault: Fault): string {
  const own = { missing: question.texts["required_message"], rule: question.texts["constraint_message"], kind: undefined, choice: undefined }[fault];
  const common = {
    missing: t("This question must be answered."),
    rule: t("This answer is not allowed here."),
    kind: question.kind === "integer" ? t("Enter a whole number.") : t("Enter a number."),
    choice: t("Choose one of the answers."),
  }[fault];
  return words(page, own) || common;
}

function words({ sheet }: Page, texts: Texts | undefined): string {
  const language = spoken() === "en" ? "en" : "zh";
  return texts?.[language] ?? texts?.[sheet.form.default_language] ?? Object.values(texts ?? {})[0] ?? "";
}
