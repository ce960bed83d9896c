// More than one thing can be done at the place whose code was read: the person chooses.
import { html, nothing, type TemplateResult } from "lit-html";
import { t } from "../core/text";
import { clock } from "../core/time";
import { choicesAt, enter, stand } from "../found";
import { placeOf, postOf } from "../lookup";
import { empty, framed } from "../parts/frame";
import { icon } from "../parts/icons";
import { placeTitle, shiftWord } from "../parts/words";
import { pass } from "../acts";
import { go, to, type Route } from "../router";
import type { State } from "../state";

export function hereScreen(state: State, route: Route): TemplateResult {
  const place = placeOf(state, route.parts[0] ?? "");
  if (!place) return framed(state, route, { title: t("Place"), back: to("today"), body: empty(t("Unknown place"), t("Synchronise once with a connection.")) });
  const { tasks, slots, points } = choicesAt(state, place);
  const { token, method } = state.scanned ?? { token: place.tag, method: "typed" as const };
  const passed = async (run: Promise<void>): Promise<void> => {
    await run;
    go("posts");
  };
  const body = html`
    ${tasks.length + slots.length + points.length ? nothing : empty(t("Nothing to do here now"), t("None of your tasks, posts or patrols belongs to this place."))}
    ${tasks.map(
      (task) => html`<button type="button" class="card" @click=${() => void enter(state, task, place, token, method)}>
        ${icon("list")}<span class="card-text"><strong>${task.title}</strong><small>${task.line_name}</small></span>${icon("next")}
      </button>`,
    )}
    ${slots.map((slot) => {
      const name = postOf(state, slot.post)?.name ?? slot.post;
      return html`<div class="card still">
        ${icon("shield")}<span class="card-text"><strong>${name}</strong><small>${shiftWord(slot.shift)} · ${slot.rostered}</small></span>
        <span class="pair">
          <button type="button" @click=${() => void passed(stand(state, slot, "in", method, token))}>${t("Check in")}</button>
          <button type="button" @click=${() => void passed(stand(state, slot, "out", method, token))}>${t("Check out")}</button>
        </span>
      </div>`;
    })}
    ${points.map(
      ({ route: patrol, point }) => html`<button type="button" class="card" @click=${() => void passed(pass(state, patrol, point, method, token))}>
        ${icon("pin")}<span class="card-text"
          ><strong>${t("Patrol point passed")}</strong><small>${patrol.name}${point.window_from ? ` · ${windowOf(point.window_from)}` : ""}</small></span
        >${icon("next")}
      </button>`,
    )}
  `;
  return framed(state, route, { title: placeTitle(place), subtitle: place.tag, back: to("today"), body });
}

function windowOf(text: string): string {
  return text.includes("T") ? clock(text) : text.slice(0, 5);
}
