// My tasks, the most urgent first.
import { html, nothing, type TemplateResult } from "lit-html";
import { progressOf } from "../core/progress";
import { t } from "../core/text";
import { clock, day, today } from "../core/time";
import type { Task } from "../core/types";
import { checklistOf, finishKey, mineCount } from "../lookup";
import { empty, framed } from "../parts/frame";
import { icon } from "../parts/icons";
import { placeCount, serviceWord } from "../parts/words";
import { ring } from "../parts/ring";
import { to, type Route } from "../router";
import type { State } from "../state";
import { synchronise } from "../syncing";

export function todayScreen(state: State, route: Route): TemplateResult {
  const open = state.pack.tasks.filter((task) => !state.done.has(finishKey(task.code)));
  const finished = state.pack.tasks.filter((task) => state.done.has(finishKey(task.code)));
  const now = today();
  const groups: [string, Task[]][] = [
    [t("Overdue"), open.filter((task) => task.due_on < now)],
    [t("Today"), open.filter((task) => task.due_on === now)],
    [t("Later"), open.filter((task) => task.due_on > now)],
    [t("Finished on this phone"), finished],
  ];
  const body = html`
    ${state.pack.tasks.length ? nothing : nothingYet(state)}
    ${groups.filter(([, tasks]) => tasks.length).map(
      ([title, tasks]) => html`<section>
        <h2 class="group">${title}<b>${tasks.length}</b></h2>
        ${[...tasks].sort((a, b) => a.due_on.localeCompare(b.due_on) || a.code.localeCompare(b.code)).map((task) => card(state, task))}
      </section>`,
    )}
    ${gone(state)}
  `;
  const subtitle = state.pack.me.name ? `${state.pack.me.name} · ${day(now)}` : day(now);
  return framed(state, route, { title: t("My tasks"), subtitle, body });
}

/** What was finished here today and is not on the server's list any more. */
function gone(state: State): TemplateResult | typeof nothing {
  const listed = new Set(state.pack.tasks.map((task) => finishKey(task.code)));
  const finished = [...state.done.values()].filter(
    ({ key, kind, at }) => kind === "inspections.finish" && !listed.has(key) && today(Date.parse(at)) === today(),
  );
  if (!finished.length) return nothing;
  return html`<h2 class="group">${t("Finished today")}<b>${finished.length}</b></h2>
    ${finished.map(
      ({ key, at, title }) => html`<div class="card">
        <span class="point-mark good">${icon("check")}</span>
        <span class="card-text"><strong>${title || key.split("|")[1]}</strong><small>${t("Finished at {time}", { time: clock(at) })}</small></span>
      </div>`,
    )}`;
}

function nothingYet(state: State): TemplateResult {
  if (state.pack.made_at)
    return empty(
      t("No task for you now"),
      t("New tasks appear here by themselves. Scan a code to see what can be done at a place."),
      findingsWait(state),
    );
  return empty(
    t("Nothing on the phone yet"),
    t("Tasks, places and checklists are fetched once with a connection; after that everything works without."),
    html`<button type="button" class="wide" ?disabled=${state.isSyncing} @click=${() => void synchronise(state, true)}>
      ${state.isSyncing ? t("Fetching…") : t("Fetch now")}
    </button>`,
  );
}

/** Whoever has no rounds may still have findings to answer: the way there, from the first screen. */
function findingsWait(state: State): TemplateResult | undefined {
  const count = mineCount(state);
  return count ? html`<a class="wide" href=${to("findings")}>${t("Findings that wait for you: {count}", { count })}</a>` : undefined;
}

function card(state: State, task: Task): TemplateResult {
  const { total, answered, failed } = progressOf(task, checklistOf(state, task), state.answers);
  const isLate = task.due_on < today();
  return html`<a class="card" href=${to("task", task.code)}>
    ${ring(answered, total)}
    <span class="card-text">
      <strong>${task.title}</strong>
      <small>${task.estate_name} · ${serviceWord(task.service_line)} · ${task.line_name}</small>
      <small>
        <b class="nowrap ${isLate ? "red" : ""}">${when(task)}</b> · <span class="nowrap">${placeCount(task.places.length || 1)}</span>
        ${task.is_announced ? nothing : html` · <span class="nowrap">${t("Unannounced")}</span>`}
        ${failed ? html` · <b class="nowrap red">${t("{count} failed", { count: failed })}</b>` : nothing}
      </small>
    </span>
    ${icon("next")}
  </a>`;
}

function when(task: Task): string {
  const window = task.window_from && task.window_to ? `${moment(task.window_from)}–${moment(task.window_to)}` : "";
  // Under “Today” the day says itself.
  if (task.due_on === today()) return window || t("Due today");
  return [t("Due {day}", { day: day(task.due_on) }), window].filter(Boolean).join(" ");
}

/** A window comes as a time of day or as a moment. */
function moment(text: string): string {
  return text.includes("T") ? clock(text) : text.slice(0, 5);
}
