// One item at one place: two big answers, the third small; a failed item unfolds severity, photos and note in place.
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { answer, photograph } from "../acts";
import { answerKey, isRepeat, lacks, measured, type Lack } from "../core/answers";
import { named, t } from "../core/text";
import { clock, exact } from "../core/time";
import type { Answer, Item, Place, Task, Verdict } from "../core/types";
import { redraw, say } from "../screen";
import type { State } from "../state";
import { icon } from "./icons";
import { photoRow, type Take } from "./photos";
import { SEVERITIES, severityWord } from "./words";

export interface Spot {
  task: Task;
  tag: string;
  place: Place | undefined;
}

export function itemCard(state: State, spot: Spot, item: Item): TemplateResult {
  const key = answerKey(spot.task.code, spot.tag, item.key);
  const given = state.answers.get(key);
  const verdict = given?.verdict ?? null;
  const isOpen = verdict === "fail" || state.open.has(key);
  return html`<article class="item ${verdict ?? ""}" id=${`item-${item.key}`}>
    <div class="item-head">
      ${picture(state, item)}
      <button type="button" class="item-name" aria-expanded=${isOpen} @click=${() => unfold(state, key)}>
        <strong>${named(item)}</strong>${facts(item, spot.tag)}
      </button>
    </div>
    ${item.needs_value ? value(state, spot, item, given) : nothing}
    <div class="verdicts" role="group" aria-label=${named(item)}>
      ${choice(state, spot, item, given, "pass", t("Pass"))} ${choice(state, spot, item, given, "fail", t("Fail"))}
      ${choice(state, spot, item, given, "not_applicable", t("N/A"))}
    </div>
    ${verdict ? wanting(item, given) : nothing} ${refusal(state, key)} ${second(spot, item)}
    ${verdict === "fail" ? severities(state, spot, item, given) : nothing}
    ${isOpen || (verdict === "pass" && item.needs_photo) || given?.photos.length ? evidence(state, spot, item, given) : nothing}
    ${isOpen && given ? log(given) : nothing}
  </article>`;
}

function picture(state: State, item: Item): TemplateResult {
  const pictures = [
    { url: item.good_picture, label: t("Good"), tone: "good" as const },
    { url: item.bad_picture, label: t("Bad"), tone: "bad" as const },
  ].filter((found) => found.url);
  const first = pictures[0];
  if (!first) return html`<span class="item-number">${item.number}</span>`;
  const show = (): void => {
    state.viewer = { title: named(item), pictures };
    redraw();
  };
  return html`<button type="button" class="item-picture" @click=${show} aria-label=${t("How it should look")}>
    <img src=${first.url} alt="" loading="lazy" decoding="async" />
  </button>`;
}

function facts(item: Item, tag: string): TemplateResult {
  const parts = [item.number && t("Standard {number}", { number: item.number }), item.frequency, item.target && `${item.target}${item.unit}`];
  const repeats = isRepeat(item, tag);
  return html`<small>
    ${parts.filter(Boolean).join(" · ")}${item.is_red_line ? html` · <b class="red">${t("Red line")}</b>` : nothing}
    ${repeats ? html` · <b class="red">${t("{count}× here in 90 days", { count: repeats })}</b>` : nothing}
  </small>`;
}

function choice(state: State, spot: Spot, item: Item, given: Answer | undefined, verdict: Verdict, label: string): TemplateResult {
  const isChosen = given?.verdict === verdict;
  const choose = (): void => {
    if (!isChosen) answer(state, spot.task, spot.tag, item, { verdict });
  };
  return html`<button type="button" class="verdict ${verdict}" aria-pressed=${isChosen} @click=${choose}>${label}</button>`;
}

function value(state: State, spot: Spot, item: Item, given: Answer | undefined): TemplateResult {
  const enter = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const found = measured(input.value);
    input.setAttribute("aria-invalid", String(found === undefined));
    if (found === undefined) say({ text: t("Enter a number with at most three decimals."), tone: "warning" });
    else answer(state, spot.task, spot.tag, item, { value: found });
  };
  return html`<label class="value"
    ><span>${t("Measured")}</span
    ><input type="text" inputmode="decimal" autocomplete="off" maxlength="12" .value=${live(given?.value ?? "")} @change=${enter} /><span>${item.unit}</span></label
  >`;
}

const ASKED: Record<Lack, () => string> = {
  verdict: () => t("Choose pass or fail."),
  value: () => t("Enter the measured value."),
  photo: () => t("This item asks for a photo."),
};

function wanting(item: Item, given: Answer | undefined): TemplateResult | typeof nothing {
  const asked = lacks(item, given);
  return asked.length ? html`<p class="wanting">${icon("alert")} ${asked.map((lack) => ASKED[lack]()).join(" ")}</p>` : nothing;
}

/** Two people answered: the earlier answer counts, and whoever gave the other one reads it here. */
function second({ task, tag }: Spot, item: Item): TemplateResult | typeof nothing {
  const other = task.second?.find((known) => known.place === tag && known.item === item.key);
  if (!other) return nothing;
  const text = t("Somebody answered this earlier: {verdict} counts. Yours is kept as a second opinion.", { verdict: verdictWord(other.counts) });
  return html`<p class="wanting">${icon("alert")} <span>${text}</span></p>`;
}

/** What the server sent back stands where it was given. */
function refusal(state: State, key: string): TemplateResult | typeof nothing {
  const envelope = state.refusals.get(key);
  if (!envelope) return nothing;
  const reasons = [envelope.reason?.title, ...(envelope.reason?.errors ?? []).map((error) => error.message)];
  return html`<p class="wanting bad">${icon("alert")} <span>${t("Sent back:")} ${[...new Set(reasons)].filter(Boolean).join(" ")}</span></p>`;
}

function severities(state: State, spot: Spot, item: Item, given: Answer | undefined): TemplateResult {
  return html`<div class="chips" role="group" aria-label=${t("How serious")}>
    ${SEVERITIES.map(
      (severity) => html`<button
        type="button"
        class="chip ${severity}"
        aria-pressed=${given?.severity === severity}
        @click=${() => answer(state, spot.task, spot.tag, item, { severity })}
      >
        ${severityWord(severity)}
      </button>`,
    )}
  </div>`;
}

function evidence(state: State, spot: Spot, item: Item, given: Answer | undefined): TemplateResult {
  const key = answerKey(spot.task.code, spot.tag, item.key);
  const photosNow = (): Answer["photos"] => state.answers.get(key)?.photos ?? [];
  const take: Take = async (file, source) => {
    const photo = await photograph(state, file, source, spot.place);
    const isNew = photo && !photosNow().some((known) => known.sha256 === photo.sha256);
    if (isNew) answer(state, spot.task, spot.tag, item, { photos: [...photosNow(), photo] });
  };
  const drop = (sha: string): void =>
    answer(state, spot.task, spot.tag, item, { photos: photosNow().filter((photo) => photo.sha256 !== sha) });
  const write = (event: Event): void =>
    answer(state, spot.task, spot.tag, item, { note: (event.target as HTMLTextAreaElement).value.trim() });
  if (!given?.verdict) return html`<p class="hint">${t("Choose pass or fail first; then add photos and a note.")}</p>`;
  return html`
    ${photoRow(state, given.photos, spot.task.gallery_allowed, take, drop)}
    <textarea
      class="note"
      rows="1"
      maxlength="300"
      placeholder=${t("Add a note")}
      aria-label=${t("Add a note")}
      .value=${live(given.note)}
      @change=${write}
    ></textarea>
  `;
}

function log(given: Answer): TemplateResult {
  const accuracy = given.position ? `±${given.position.accuracy} m` : t("no position");
  return html`<details class="log">
    <summary>${t("Answered at {time}", { time: clock(given.at) })} · ${accuracy}${given.edits.length ? html` · ${t("changed {count}×", { count: given.edits.length })}` : nothing}</summary>
    <ol>
      ${given.edits.map(
        (edit) => html`<li>${exact(edit.at)}: ${t("before that {verdict}", { verdict: gradeWord(edit) })} ${edit.note}</li>`,
      )}
      <li>${exact(given.at)}: ${gradeWord(given)} ${given.position ? html`<code>${given.position.lat}, ${given.position.lon}</code>` : nothing}</li>
    </ol>
  </details>`;
}

function gradeWord({ verdict, severity }: Pick<Answer, "verdict" | "severity">): string {
  return verdict === "fail" ? `${verdictWord(verdict)} · ${severityWord(severity)}` : verdictWord(verdict);
}

export function verdictWord(verdict: Verdict | null): string {
  if (verdict === null) return t("No answer");
  return { pass: t("Pass"), fail: t("Fail"), not_applicable: t("N/A") }[verdict];
}

function unfold(state: State, key: string): void {
  if (!state.open.delete(key)) state.open.add(key);
  redraw();
}
