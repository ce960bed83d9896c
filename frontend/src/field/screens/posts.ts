// Posts and patrols of today: check in, check out, walk the points.
import { html, nothing, type TemplateResult } from "lit-html";
import { sorted, underWay } from "../core/rounds";
import { t } from "../core/text";
import { clock, day, today } from "../core/time";
import type { Done, PatrolRoute, Post, RoutePoint, Slot } from "../core/types";
import { isOpen, mayPunch, placeOf, pointKey, punchKey, routeOf, slotsOf } from "../lookup";
import { empty, framed } from "../parts/frame";
import { icon } from "../parts/icons";
import { ring } from "../parts/ring";
import { fenceWords, shiftWord, slotWord } from "../parts/words";
import { to, type Route } from "../router";
import type { State } from "../state";

export function postsScreen(state: State, route: Route): TemplateResult {
  const { posts, routes } = state.pack;
  const body = html`
    ${posts.length + routes.length ? nothing : empty(t("No posts and no patrols"), t("They appear here once you are on a roster or a route, or look after an estate that has some."))}
    ${patrols(state)}
    ${posts.length ? html`<h2 class="group">${t("Posts")}<b>${posts.length}</b></h2>` : nothing}
    ${posts.map((post) => postCard(state, post))}
  `;
  return framed(state, route, { title: t("Posts"), subtitle: day(today()), body });
}

/** What can be walked now stands first; a captain of four estates has thirty rounds a day. */
function patrols(state: State): TemplateResult {
  const { now, later, over } = sorted(state.pack.routes);
  return html`
    ${now.length ? html`<h2 class="group">${t("Patrols under way")}<b>${now.length}</b></h2>` : nothing} ${now.map((patrol) => patrolCard(state, patrol))}
    ${folded(t("Patrols to come: {count}", { count: later.length }), later.map((patrol) => patrolCard(state, patrol)))}
    ${folded(t("Patrols that are over: {count}", { count: over.length }), over.map((patrol) => patrolCard(state, patrol)))}
  `;
}

function folded(title: string, parts: TemplateResult[]): TemplateResult | typeof nothing {
  return parts.length ? html`<details class="more"><summary>${title}</summary>${parts}</details>` : nothing;
}

function patrolCard(state: State, patrol: PatrolRoute): TemplateResult {
  const passed = patrol.points.filter((point) => state.done.has(pointKey(patrol, point))).length;
  return html`<a class="card" href=${to("patrol", patrol.code)}>
    ${ring(passed, patrol.points.length)}
    <span class="card-text"><strong>${patrol.name}</strong><small>${[patrol.estate_name, patrol.day === today() ? "" : day(patrol.day), scannedWord(passed, patrol)].filter(Boolean).join(" · ")}</small></span>
    ${icon("next")}
  </a>`;
}

function postCard(state: State, post: Post): TemplateResult {
  const slots = slotsOf(state, post.code);
  const [open, rest] = [slots.filter((slot) => isOpen(slot)), slots.filter((slot) => !isOpen(slot))];
  return html`<section class="post">
    <h3>${post.name}</h3>
    <p class="hint">${post.estate_name} · ${t("{count} on duty", { count: post.heads })}</p>
    ${slots.length ? open.map((slot) => slotRow(state, slot)) : html`<p class="hint">${t("Nobody is rostered here in the next days.")}</p>`}
    ${folded(t("Other days: {count}", { count: rest.length }), rest.map((slot) => slotRow(state, slot)))}
  </section>`;
}

function slotRow(state: State, slot: Slot): TemplateResult {
  const isToday = slot.day === today();
  const canPunch = isOpen(slot) && mayPunch(state);
  return html`<div class="slot">
    <p>
      <strong>${slot.rostered || t("Nobody rostered")}</strong>
      <small>${isToday ? "" : `${day(slot.day)} · `}${shiftWord(slot.shift)} ${clock(slot.starts_at)}–${clock(slot.ends_at)} · ${slotWord(slot.state)}</small>
    </p>
    ${canPunch ? html`<div class="pair">${punchButton(state, slot, "in")}${punchButton(state, slot, "out")}</div>` : nothing}
    ${fenceNote(state.done.get(punchKey(slot, "in")))} ${fenceNote(state.done.get(punchKey(slot, "out")))}
  </div>`;
}

function punchButton(state: State, slot: Slot, direction: "in" | "out"): TemplateResult {
  const made = state.done.get(punchKey(slot, direction));
  const label = direction === "in" ? t("Check in") : t("Check out");
  return html`<a class="punch ${made ? "made" : ""}" href=${to("scan", "punch", slot.post, slot.day, slot.shift, direction)}>
    ${made ? html`${icon("check")} ${direction === "in" ? t("In {time}", { time: clock(made.at) }) : t("Out {time}", { time: clock(made.at) })}` : label}
  </a>`;
}

/** It stays with the shift: the message at the bottom is gone before it is read through. */
function fenceNote(made: Done | undefined): TemplateResult | typeof nothing {
  if (!made?.fence) return nothing;
  const { title, why, next } = fenceWords(made.fence);
  return html`<div class="fence ${made.fence.verdict}" role="note"><strong>${title}</strong><span>${why}</span><span>${next}</span></div>`;
}

export function patrolScreen(state: State, route: Route): TemplateResult {
  const patrol = routeOf(state, route.parts[0] ?? "");
  if (!patrol) return framed(state, route, { title: t("Patrol"), back: to("posts"), body: empty(t("This patrol is not on your list today"), "") });
  const points = [...patrol.points].sort((a, b) => a.order - b.order);
  const passed = points.filter((point) => state.done.has(pointKey(patrol, point))).length;
  const body = html`<ol class="points">
    ${points.map((point) => pointRow(state, patrol, point))}
  </ol>`;
  const canScan = mayPunch(state) && underWay(state.pack.routes).includes(patrol);
  const foot = canScan
    ? html`<a class="action main" href=${to("scan", "patrol", patrol.code)}>${icon("scan")} ${t("Scan point")}</a>`
    : html`<p class="hint">${t("This round is not under way. A point scanned now counts for the round that is.")}</p>`;
  const subtitle = [patrol.estate_name, patrol.day === today() ? "" : day(patrol.day), scannedWord(passed, patrol)].filter(Boolean).join(" · ");
  return framed(state, route, { title: patrol.name, subtitle, back: to("posts"), share: { done: passed, total: points.length }, body, foot });
}

function scannedWord(passed: number, patrol: PatrolRoute): string {
  return t("{done} of {total} points scanned", { done: passed, total: patrol.points.length });
}

function pointRow(state: State, patrol: PatrolRoute, point: RoutePoint): TemplateResult {
  const made = state.done.get(pointKey(patrol, point));
  const place = placeOf(state, point.place);
  const window = point.window_from && point.window_to ? `${hour(point.window_from)}–${hour(point.window_to)}` : "";
  return html`<li class=${made ? "made" : ""}>
    <span class="point-mark">${made ? icon("check") : point.order}</span>
    <span class="card-text"><strong>${place?.name ?? point.place}</strong><small>${[place?.path_name === place?.name ? "" : place?.path_name, window].filter(Boolean).join(" · ")}</small></span>
    ${made ? html`<small>${clock(made.at)}</small>` : nothing}
  </li>`;
}

function hour(text: string): string {
  return text.includes("T") ? clock(text) : text.slice(0, 5);
}
