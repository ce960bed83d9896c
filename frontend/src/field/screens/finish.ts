// The end of a round: what is open, a note, a signature where one is asked for.
import { html, nothing, type TemplateResult } from "lit-html";
import { finish } from "../acts";
import { progressAt, progressOf, placesOf } from "../core/progress";
import { t } from "../core/text";
import { clock } from "../core/time";
import type { Task } from "../core/types";
import { draftOf, drop, write } from "../drafts";
import { checklistOf, finishKey, placeOf, taskOf } from "../lookup";
import { empty, framed } from "../parts/frame";
import { icon } from "../parts/icons";
import { ring } from "../parts/ring";
import { SignaturePad } from "../parts/signature";
import { placeTitle } from "../parts/words";
import { go, onLeave, to, type Route } from "../router";
import { redraw, say } from "../screen";
import type { State } from "../state";

let pad: SignaturePad | null = null;

export function finishScreen(state: State, route: Route): TemplateResult {
  const task = taskOf(state, route.parts[0] ?? "");
  if (!task) return framed(state, route, { title: t("Finish round"), back: to("today"), body: empty(t("This task is not on your list any more"), "") });
  const back = to("task", task.code);
  const { total, answered, failed, lacking } = progressOf(task, checklistOf(state, task), state.answers);
  const finished = state.done.get(finishKey(task.code));
  const title = t("Finish round");
  if (finished) return framed(state, route, { title, back, body: html`<p class="notice good">${t("Finished at {time}", { time: clock(finished.at) })}</p>` });
  const key = finishKey(task.code);
  const body = html`
    <dl class="facts">
      <div><dt>${t("Items answered")}</dt><dd>${answered} / ${total}</dd></div>
      <div><dt>${t("Not passed")}</dt><dd>${failed}</dd></div>
    </dl>
    ${openPlaces(state, task)}
    ${lacking ? html`<p class="notice bad">${t("Still lacking a photo or a value: {count}", { count: lacking })}</p>` : nothing}
    <label class="field"
      ><span>${t("Note on the round")}</span
      ><textarea rows="2" maxlength="300" .value=${draftOf(state, key).words["note"] ?? ""} @input=${(event: Event) => write(state, key, { words: { note: (event.target as HTMLTextAreaElement).value } })}></textarea
    ></label>
    ${task.signature_needed ? html`<h2 class="group">${t("Signature of the person on site")}</h2>${signature().template()}` : nothing}
  `;
  const isUnsigned = task.signature_needed && signature().isEmpty;
  const foot = html`<a class="action quiet" href=${back}>${t("Back")}</a>
    <button type="button" class="action main" ?disabled=${answered === 0 || isUnsigned} @click=${() => void close(state, task, { answered, skipped: total - answered })}>
      ${isUnsigned ? t("Sign first") : t("Finish round")}
    </button>`;
  return framed(state, route, { title, subtitle: task.title, back, share: { done: answered, total }, body, foot });
}

function openPlaces(state: State, task: Task): TemplateResult | typeof nothing {
  const checklist = checklistOf(state, task);
  const open = placesOf(task).filter((tag) => {
    const { total, answered, lacking } = progressAt(task, checklist, tag, state.answers);
    return answered < total || lacking > 0;
  });
  if (!open.length) return nothing;
  return html`<h2 class="group">${t("Not whole yet")}<b>${open.length}</b></h2>
    <p class="hint">${t("What stays open counts as not inspected, never as passed.")}</p>
    ${open.map((tag) => openPlace(state, task, tag))}`;
}

function openPlace(state: State, task: Task, tag: string): TemplateResult {
  const { total, answered, failed, lacking } = progressAt(task, checklistOf(state, task), tag, state.answers);
  return html`<a class="card" href=${to("place", task.code, tag)}>
    ${ring(answered, total, failed > 0)}
    <span class="card-text"
      ><strong>${placeTitle(placeOf(state, tag)) || tag || task.estate_name}</strong>
      ${lacking ? html`<small>${t("{count} incomplete", { count: lacking })}</small>` : nothing}</span
    >
    ${icon("next")}
  </a>`;
}

function signature(): SignaturePad {
  if (!pad) {
    pad = new SignaturePad(redraw);
    onLeave(() => (pad = null));
  }
  return pad;
}

async function close(state: State, task: Task, counts: { answered: number; skipped: number }): Promise<void> {
  const picture = task.signature_needed ? await signature().picture() : null;
  const key = finishKey(task.code);
  await finish(state, task, picture, draftOf(state, key).words["note"] ?? "", counts);
  drop(state, key);
  say({ text: t("Round finished. It is sent as soon as there is a connection."), tone: "good" });
  go("today");
}
