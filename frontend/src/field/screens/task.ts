// One round: its places and how far each is.
import { html, nothing, type TemplateResult } from "lit-html";
import { distanceTo } from "../core/places";
import { here } from "../core/position";
import { nextPlace, placesOf, progressAt, progressOf } from "../core/progress";
import { named, t } from "../core/text";
import { clock, day } from "../core/time";
import type { Checklist, Task } from "../core/types";
import { checklistOf, finishKey, placeOf, taskOf } from "../lookup";
import { empty, framed } from "../parts/frame";
import { icon } from "../parts/icons";
import { ring } from "../parts/ring";
import { amount, placeTitle, serviceWord } from "../parts/words";
import { to, type Route } from "../router";
import type { State } from "../state";

export function taskScreen(state: State, route: Route): TemplateResult {
  const task = taskOf(state, route.parts[0] ?? "");
  if (!task) return framed(state, route, { title: t("Task"), back: to("today"), body: gone() });
  const checklist = checklistOf(state, task);
  const { total, answered, failed, lacking } = progressOf(task, checklist, state.answers);
  const finished = state.done.get(finishKey(task.code));
  const next = nextPlace(task, checklist, "", state.answers) ?? placesOf(task)[0] ?? "";
  const body = html`
    ${finished ? html`<p class="notice good">${t("Finished at {time}", { time: clock(finished.at) })}</p>` : nothing}
    ${checklist ? nothing : html`<p class="notice bad">${t("The checklist of this task is not on the phone. Synchronise once with a connection.")}</p>`}
    <dl class="facts">
      <div><dt>${t("Checklist")}</dt><dd>${checklist ? `${named(checklist)} · ${t("version {number}", { number: checklist.version })}` : task.checklist}</dd></div>
      <div><dt>${t("Due day")}</dt><dd>${day(task.due_on)}</dd></div>
      <div><dt>${t("Still open")}</dt><dd>${total - answered}${lacking ? ` · ${t("{count} incomplete", { count: lacking })}` : ""}${failed ? ` · ${t("{count} failed", { count: failed })}` : ""}</dd></div>
    </dl>
    <h2 class="group">${t("Places")}<b>${placesOf(task).length}</b></h2>
    ${placesOf(task).map((tag) => placeRow(state, task, checklist, tag))}
  `;
  const foot = html`
    <a class="action quiet" href=${to("finish", task.code)}>${finished ? t("Finished") : t("Finish round")}</a>
    ${task.places.length
      ? html`<a class="action main" href=${to("scan", "task", task.code)}>${icon("scan")} ${t("Scan place")}</a>`
      : html`<a class="action main" href=${to("place", task.code, next)}>${t("Begin")}</a>`}
  `;
  const subtitle = `${task.estate_name} · ${serviceWord(task.service_line)} · ${task.line_name}`;
  return framed(state, route, { title: task.title, subtitle, back: to("today"), share: { done: answered, total }, body, foot });
}

function gone(): TemplateResult {
  return empty(
    t("This task is not on your list any more"),
    t("It was finished, cancelled or given to somebody else. What you captured stays under “To send” until the server has it."),
  );
}

function placeRow(state: State, task: Task, checklist: Checklist | undefined, tag: string): TemplateResult {
  const { total, answered, failed } = progressAt(task, checklist, tag, state.answers);
  const place = placeOf(state, tag);
  const visit = state.visits.get(`${task.code}|${tag}`);
  const metres = visit ? visit.distance : distanceTo(place, here());
  return html`<a class="card" href=${to("place", task.code, tag)}>
    ${ring(answered, total, failed > 0)}
    <span class="card-text">
      <strong>${placeTitle(place) || tag || task.estate_name}</strong>
      <small>
        ${visit ? t("Checked in {time}", { time: clock(visit.at) }) : t("Not checked in")}${metres === null ? nothing : html` · ${amount(metres)}`}
        ${failed ? html` · <b class="red">${t("{count} failed", { count: failed })}</b>` : nothing}
      </small>
    </span>
    ${icon("next")}
  </a>`;
}
