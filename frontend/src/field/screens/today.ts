// My tasks, the most urgent first.
import { html, type TemplateResult } from "lit-html";
import { progressOf } from "../core/progress";
import { t } from "../core/text";
import { clock, day, today } from "../core/time";
import type { Task } from "../core/types";
import { checklistOf, finishKey } from "../lookup";
import { empty, framed } from "../parts/frame";
import { icon } from "../parts/icons";
import { placeCount } from "../parts/words";
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
    ${state.pack.tasks.length ? html`` : nothingYet(state)}
    ${groups.filter(([, tasks]) => tasks.length).map(
      ([title, tasks]) => html`<section>
        <h2 class="group">${title}<b>${tasks.length}</b></h2>
        ${[...tasks].sort((a, b) => a.due_on.localeCompare(b.due_on) || a.code.localeCompare(b.code)).map((task) => card(state, task))}
      </section>`,
    )}
  `;
  const subtitle = state.pack.me.name ? `${state.pack.me.name} · ${day(now)}` : day(now);
  return framed(state, route, { title: t("My tasks"), subtitle, body });
}

function nothingYet(state: State): TemplateResult {
  if (state.pack.made_at)
    return empty(t("No task for you now"), t("New tasks appear here by themselves. Scan a code to see what can be done at a place."));
  return empty(
    t("Nothing on the phone yet"),
    t("Tasks, places and checklists are fetched once with a connection; after that everything works without."),
    html`<button type="button" class="wide" ?disabled=${state.isSyncing} @click=${() => void synchronise(state, true)}>
      ${state.isSyncing ? t("Fetching…") : t("Fetch now")}
    </button>`,
  );
}

function card(state: State, task: Task): TemplateResult {
  const { total, answered, failed } = progressOf(task, checklistOf(state, task), state.answers);
  const isLate = task.due_on < today();
  return html`<a class="card" href=${to("task", task.code)}>
    ${ring(answered, total)}
    <span class="card-text">
      <strong>${task.title}</strong>
      <small>${task.estate_name} · ${task.line_name}</small>
      <small>
        <b class=${isLate ? "red" : ""}>${isLate ? t("Due {day}", { day: day(task.due_on) }) : when(task)}</b>
        · ${placeCount(task.places.length || 1)}
        ${task.is_announced ? html`` : html` · ${t("Unannounced")}`} ${failed ? html` · <b class="red">${t("{count} failed", { count: failed })}</b>` : html``}
      </small>
    </span>
    ${icon("next")}
  </a>`;
}

function when(task: Task): string {
  if (task.window_from && task.window_to) return `${moment(task.window_from)}–${moment(task.window_to)}`;
  return t("Due {day}", { day: day(task.due_on) });
}

/** A window comes as a time of day or as a moment. */
function moment(text: string): string {
  return text.includes("T") ? clock(text) : text.slice(0, 5);
}
