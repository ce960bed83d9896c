// Open findings by place; answering one, or looking whether it is gone; and praise.
import { html, nothing, type TemplateResult } from "lit-html";
import { photograph, praise, recheck, reply } from "../acts";
import { FILTERS, isFilter, listed, PAGE, type Filter, type Group, type Listed } from "../core/findings";
import { follow } from "../core/position";
import { t } from "../core/text";
import { clock, day, exact } from "../core/time";
import type { Finding } from "../core/types";
import { draftOf, drop, write } from "../drafts";
import { findingOf, isMine, placeOf, taskOf } from "../lookup";
import { done, empty, framed } from "../parts/frame";
import { icon } from "../parts/icons";
import { photoRow, type Take } from "../parts/photos";
import { severityWord } from "../parts/words";
import { go, to, type Route } from "../router";
import { redraw } from "../screen";
import type { State } from "../state";

const FILTER_WORDS: Readonly<Record<Filter, () => string>> = {
  mine: () => t("Waiting for you"),
  overdue: () => t("Overdue"),
  all: () => t("All"),
};

/** The filter stands in the address (`#/findings/overdue`): the back key returns to it. Without one, what waits for me. */
export function findingsScreen(state: State, route: Route): TemplateResult {
  const mine = (finding: Finding): boolean => isMine(state, finding);
  const named = route.parts[0];
  const filter = isFilter(named) ? named : state.pack.findings.some(mine) ? "mine" : "all";
  const list = listed(state.pack.findings, mine, filter, shownOf(state, filter));
  const body = html`
    ${list.groups.map((group) => groupOf(state, group))}
    ${list.groups.length ? nothing : nobody(list)}
    ${list.left ? more(state, list, filter) : nothing}
    ${state.pack.findings.length >= MOST ? html`<p class="hint">${t("Only the {count} that are due last are on the phone. The others stand in the office.", { count: MOST })}</p>` : nothing}
  `;
  return framed(state, route, { title: t("Findings"), body, ...(list.counts.all ? { above: filters(list, filter) } : {}) });
}

/** As many as the server packs at most. */
const MOST = 200;

function filters(list: Listed, filter: Filter): TemplateResult {
  return html`<nav class="filters" aria-label=${t("Which findings")}>
    ${FILTERS.map(
      (name) => html`<a href=${to("findings", name)} aria-current=${name === filter ? "true" : "false"}>${FILTER_WORDS[name]()}<b>${list.counts[name]}</b></a>`,
    )}
  </nav>`;
}

function groupOf(state: State, group: Group): TemplateResult {
  const name = [group.estate, group.place].filter(Boolean).join(" · ") || t("Without a place");
  return html`<h2 class="group">${name}<b>${group.count}</b></h2>
    ${group.findings.map((finding) => card(state, finding))}`;
}

function nobody(list: Listed): TemplateResult {
  if (list.counts.all) return empty(t("Nothing here"), t("Choose another list below."));
  return empty(t("No open findings"), t("A failed item becomes a finding at once; it stays here until it is put right and checked."));
}

function more(state: State, list: Listed, filter: Filter): TemplateResult {
  const show = (): void => {
    state.shown = { filter, count: shownOf(state, filter) + PAGE };
    redraw();
  };
  const next = Math.min(PAGE, list.left);
  return html`<button type="button" class="wide quiet" @click=${show}>${t("Show {next} more of {left}", { next, left: list.left })}</button>`;
}

const shownOf = (state: State, filter: Filter): number => (state.shown.filter === filter ? state.shown.count : PAGE);

function card(state: State, finding: Finding): TemplateResult {
  return html`<a class="card" href=${to("finding", finding.code)}>
    <b class="grade ${finding.severity}">${severityWord(finding.severity)}</b>
    <span class="card-text">
      <strong>${finding.title}</strong>
      <small>${dueWord(finding)} <span class="nowrap">· ${waitWord(state, finding)}</span></small>
    </span>
    ${icon("next")}
  </a>`;
}

function dueWord(finding: Finding): TemplateResult {
  if (!finding.due_on) return html`${t("No due day")}`;
  const text = t("Due {day}", { day: day(finding.due_on) });
  return finding.is_overdue ? html`<b class="red">${text} · ${t("overdue")}</b>` : html`${text}`;
}

function waitWord(state: State, finding: Finding): string {
  const made = state.done.get(`finding|${finding.code}`);
  if (made) return t("Answered at {time}", { time: clock(made.at) });
  if (finding.can_act === false) return t("somebody else re-checks it");
  return { vendor: t("waits for the vendor"), recheck: t("waits for the re-check"), "": t("in progress") }[finding.waits_for];
}

export function findingScreen(state: State, route: Route): TemplateResult {
  const finding = findingOf(state, route.parts[0] ?? "");
  const back = to("findings");
  if (!finding) return framed(state, route, { title: t("Finding"), back, body: empty(t("This finding is closed or not yours"), t("Synchronise to see the newest list.")) });
  follow(redraw);
  const canAct = isMine(state, finding);
  const body = html`
    <h2 class="finding-title"><b class="grade ${finding.severity}">${severityWord(finding.severity)}</b> ${finding.title}</h2>
    <p class="hint">${[finding.code, finding.estate_name, finding.place_name, finding.vendor_name].filter(Boolean).join(" · ")}</p>
    <p>${dueWord(finding)} · ${waitWord(state, finding)}${(finding.repeat_number ?? 1) > 1 ? html` · <b class="red">${t("{count}× here in 90 days", { count: finding.repeat_number ?? 1 })}</b>` : nothing}</p>
    ${finding.text ? html`<p class="said">${finding.text}</p>` : nothing}
    ${album(state, finding, t("Before"), finding.photos)} ${answered(state, finding)}
    ${canAct ? (state.pack.me.is_vendor ? replyForm(state, finding) : recheckForm(state, finding)) : nothing}
  `;
  const foot = canAct ? (state.pack.me.is_vendor ? replyFoot(state, finding) : recheckFoot(state, finding)) : undefined;
  return framed(state, route, { title: t("Finding"), back, body, ...(foot ? { foot } : {}) });
}

/** What the vendor says was done, with the pictures after: whoever re-checks compares. */
function answered(state: State, finding: Finding): TemplateResult | typeof nothing {
  const { reply, after = [] } = finding;
  if (!reply && !after.length) return nothing;
  return html`<h2 class="group">${t("Reply of the vendor")}</h2>
    ${reply
      ? html`<p class="hint">${[reply.name, exact(reply.at)].filter(Boolean).join(" · ")}</p>
          <dl class="facts">
            <div><dt>${t("Cause")}</dt><dd>${reply.cause}</dd></div>
            <div><dt>${t("What was done")}</dt><dd>${reply.action}</dd></div>
          </dl>`
      : nothing}
    ${album(state, finding, t("After"), after)}`;
}

function album(state: State, finding: Finding, label: string, urls: readonly string[]): TemplateResult | typeof nothing {
  if (!urls.length) return nothing;
  const show = (): void => {
    const before = finding.photos.map((url) => ({ url, label: t("Before"), tone: "bad" as const }));
    const after = (finding.after ?? []).map((url) => ({ url, label: t("After"), tone: "good" as const }));
    state.viewer = { title: finding.title, pictures: [...before, ...after] };
    redraw();
  };
  return html`<div class="photos">
    ${urls.map((url) => html`<button type="button" class="photo" @click=${show} aria-label=${t("Photo: {label}", { label })}><img src=${url} alt="" loading="lazy" /></button>`)}
  </div>`;
}

function field(state: State, key: string, name: string, label: string): TemplateResult {
  const enter = (event: Event): void => write(state, key, { words: { [name]: (event.target as HTMLTextAreaElement).value } });
  return html`<label class="field"
    ><span>${label}</span><textarea rows="2" maxlength="500" .value=${draftOf(state, key).words[name] ?? ""} @input=${enter}></textarea
  ></label>`;
}

function photosOf(state: State, key: string, tag: string): TemplateResult {
  const take: Take = async (file, source) => {
    const photo = await photograph(state, file, source, placeOf(state, tag));
    if (photo) write(state, key, { photos: [...draftOf(state, key).photos, photo] });
  };
  const without = (sha: string): void => write(state, key, { photos: draftOf(state, key).photos.filter((photo) => photo.sha256 !== sha) });
  return photoRow(state, draftOf(state, key).photos, false, take, without);
}

const replyKey = (finding: Finding): string => `reply|${finding.code}`;
const recheckKey = (finding: Finding): string => `recheck|${finding.code}`;

function replyForm(state: State, finding: Finding): TemplateResult {
  const key = replyKey(finding);
  return html`<h2 class="group">${t("Your reply")}</h2>
    ${field(state, key, "cause", t("Cause"))} ${field(state, key, "action", t("What was done"))} ${photosOf(state, key, finding.place)}`;
}

function replyFoot(state: State, finding: Finding): TemplateResult {
  const key = replyKey(finding);
  const { words, photos } = draftOf(state, key);
  const { cause = "", action = "" } = words;
  const send = async (): Promise<void> => {
    await reply(state, finding.code, { cause: cause.trim(), action: action.trim() }, photos);
    drop(state, key);
    done(t("Reply kept. It is sent as soon as there is a connection."));
    go("findings");
  };
  return html`<button type="button" class="action main" ?disabled=${!cause.trim() || !action.trim()} @click=${() => void send()}>${t("Reply")}</button>`;
}

function recheckForm(state: State, finding: Finding): TemplateResult {
  const key = recheckKey(finding);
  return html`<h2 class="group">${t("Re-check")}</h2>
    <p class="hint">${t("Somebody other than the finder looks whether it is put right. Reopening needs a reason.")}</p>
    ${field(state, key, "note", t("Add a note"))} ${photosOf(state, key, finding.place)}`;
}

function recheckFoot(state: State, finding: Finding): TemplateResult {
  const key = recheckKey(finding);
  const { words, photos } = draftOf(state, key);
  const note = (words["note"] ?? "").trim();
  const send = async (isAccepted: boolean): Promise<void> => {
    await recheck(state, finding.code, isAccepted, note, photos);
    drop(state, key);
    done(isAccepted ? t("Accepted. It is sent as soon as there is a connection.") : t("Reopened. It is sent as soon as there is a connection."));
    go("findings");
  };
  return html`<button type="button" class="action bad" ?disabled=${!note} @click=${() => void send(false)}>${t("Reopen")}</button>
    <button type="button" class="action main" @click=${() => void send(true)}>${t("Put right")}</button>`;
}

export function praiseScreen(state: State, route: Route): TemplateResult {
  const [code = "", tag = ""] = route.parts;
  const task = taskOf(state, code);
  const back = to("place", code, tag);
  if (!task) return framed(state, route, { title: t("Praise"), back, body: empty(t("This task is not on your list any more"), "") });
  const key = `praise|${code}|${tag}`;
  const { words, photos } = draftOf(state, key);
  const text = (words["text"] ?? "").trim();
  const send = async (): Promise<void> => {
    await praise(state, task.line, tag, text, photos);
    drop(state, key);
    done(t("Praise kept. It is sent as soon as there is a connection."));
    go("place", code, tag);
  };
  const body = html`${field(state, key, "text", t("What is done especially well"))} ${photosOf(state, key, tag)}`;
  const foot = html`<button type="button" class="action main" ?disabled=${!text} @click=${() => void send()}>${t("Praise")}</button>`;
  return framed(state, route, { title: t("Praise"), subtitle: placeOf(state, tag)?.name ?? "", back, body, foot });
}
