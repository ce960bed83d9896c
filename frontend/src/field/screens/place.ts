// The checklist at one place.
import { html, type TemplateResult } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { repeat } from "lit-html/directives/repeat.js";
import { arrive, undo } from "../acts";
import { answerKey } from "../core/answers";
import { here, follow } from "../core/position";
import { nextPlace, openItem, placesOf, progressAt } from "../core/progress";
import { spoken, t } from "../core/text";
import { clock } from "../core/time";
import type { Item, Place, Task } from "../core/types";
import { formOf } from "../filling";
import { checklistOf, placeOf, taskOf } from "../lookup";
import { formBody, formFoot, formShare } from "../parts/form";
import { empty, framed } from "../parts/frame";
import { icon } from "../parts/icons";
import { itemCard, type Spot } from "../parts/item";
import { amount, methodWord, placeTitle, serviceWord } from "../parts/words";
import { swap, to, type Route } from "../router";
import { redraw } from "../screen";
import type { State } from "../state";

export function placeScreen(state: State, route: Route): TemplateResult {
  const [code = "", tag = ""] = route.parts;
  const task = taskOf(state, code);
  const checklist = checklistOf(state, task);
  const back = to("task", code);
  if (!task || !checklist) {
    const advice = t("Synchronise once with a connection, then open it again.");
    return framed(state, route, { title: t("Place"), back, body: empty(t("This checklist is not on the phone"), advice) });
  }
  follow(redraw);
  const place = placeOf(state, tag);
  const spot: Spot = { task, tag, place };
  const { total, answered } = progressAt(task, checklist, tag, state.answers);
  const form = formOf(checklist);
  const sheet = form && { task, tag, place, checklist, form };
  const mustArrive = task.needs_checkin && place !== undefined && !state.visits.has(`${code}|${tag}`);
  const body = mustArrive
    ? door(state, task, place)
    : sheet
      ? formBody(state, sheet)
      : html`${repeat(
          checklist.items,
          (item) => item.key,
          (item) => stillCard(state, spot, item),
        )}
        <p class="aside"><a href=${to("praise", code, tag)}>${icon("star")} ${t("Praise something good here")}</a></p>`;
  return framed(state, route, {
    title: placeTitle(place) || tag || task.estate_name,
    subtitle: subtitle(state, task, tag),
    back,
    share: sheet ? formShare(state, sheet) : { done: answered, total },
    body,
    ...(mustArrive ? {} : { foot: sheet ? formFoot(state, sheet, () => onward(state, task, tag)) : foot(state, spot) }),
  });
}

/** A card is drawn anew only if its own answer changed: with a hundred photos on the page a tap must stay instant. */
function stillCard(state: State, spot: Spot, item: Item): unknown {
  const key = answerKey(spot.task.code, spot.tag, item.key);
  return guard([state.answers.get(key), state.open.has(key), state.refusals.get(key), state.pack, spoken()], () => itemCard(state, spot, item));
}

function subtitle(state: State, task: Task, tag: string): string {
  const visit = state.visits.get(`${task.code}|${tag}`);
  const parts = [task.estate_name, serviceWord(task.service_line)];
  if (visit) parts.push(`${methodWord(visit.method)} ${clock(visit.at)}`);
  if (visit && visit.distance !== null) parts.push(t("{distance} from the place", { distance: amount(visit.distance) }));
  return parts.join(" · ");
}

function door(state: State, task: Task, place: Place): TemplateResult {
  const position = here();
  return html`<div class="door">
    <h2>${t("Check in at this place first")}</h2>
    <a class="wide" href=${to("scan", "task", task.code)}>${icon("scan")} ${t("Scan the code of the place")}</a>
    <button type="button" class="wide quiet" ?disabled=${!position} @click=${() => void arrive(state, task, place, "position", "")}>
      ${icon("pin")} ${position ? t("The code is missing: check in by position") : t("Looking for the position…")}
    </button>
    <p class="hint">${t("A check-in without the code is accepted but looked at more closely.")}</p>
  </div>`;
}

function foot(state: State, { task, tag }: Spot): TemplateResult {
  const checklist = checklistOf(state, task);
  const places = placesOf(task);
  const open = openItem(task, checklist, tag, state.answers);
  const next = nextPlace(task, checklist, tag, state.answers);
  const canUndo = state.undo.some((step) => step.key.startsWith(`${task.code}|${tag}|`));
  const jump = (): void => {
    if (open) document.getElementById(`item-${open.key}`)?.scrollIntoView({ behavior: "smooth", block: "center" });
    else if (next !== undefined) swap("place", task.code, next);
    else swap("finish", task.code);
  };
  const whole = places.filter((place) => isWhole(state, task, place)).length;
  return html`
    <button type="button" class="action quiet" ?disabled=${!canUndo} @click=${() => undo(state, task.code, tag)}>${icon("undo")} ${t("Undo")}</button>
    <button type="button" class="action main" @click=${jump}>
      ${open ? t("Next open item") : next !== undefined ? t("Next place") : t("Finish round")} <span class="nowrap">${whole} / ${places.length}</span>
    </button>
  `;
}

/** After a form: the next place that is open, else the end of the round. */
function onward(state: State, task: Task, tag: string): void {
  const next = nextPlace(task, checklistOf(state, task), tag, state.answers);
  if (next !== undefined) swap("place", task.code, next);
  else swap("finish", task.code);
}

function isWhole(state: State, task: Task, tag: string): boolean {
  const { total, answered, lacking } = progressAt(task, checklistOf(state, task), tag, state.answers);
  return answered === total && !lacking;
}
