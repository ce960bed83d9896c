// What is not on the server yet, what it refused and why; and how the phone is doing.
import { html, nothing, type TemplateResult } from "lit-html";
import { named, speak, spoken, t, type Language } from "../core/text";
import { ago, exact } from "../core/time";
import type { Envelope, Verdict } from "../core/types";
import { findingOf, placeOf, postOf, routeOf, taskOf } from "../lookup";
import { empty, framed } from "../parts/frame";
import { icon } from "../parts/icons";
import { verdictWord } from "../parts/item";
import { kindWord, photoCount, placeTitle, size } from "../parts/words";
import type { Route } from "../router";
import { redraw } from "../screen";
import type { State } from "../state";
import { synchronise } from "../syncing";
import { themeOf, wear, type Theme } from "../theme";

const CLOCK_GAP_MS = 120_000;

export function outboxScreen(state: State, route: Route): TemplateResult {
  const sentBack = state.envelopes.filter((envelope) => envelope.state === "rejected");
  const [refused, aside] = [sentBack.filter((envelope) => !envelope.isAside), sentBack.filter((envelope) => envelope.isAside)];
  const open = state.envelopes.filter((envelope) => envelope.state !== "rejected");
  const body = html`
    <button type="button" class="wide" ?disabled=${state.isSyncing} @click=${() => void synchronise(state, true)}>
      ${icon("cloud")} ${state.isSyncing ? t("Sending…") : t("Send now")}
    </button>
    <p class="hint">${outcome(state)}</p>
    ${refused.length ? html`<h2 class="group">${t("Sent back")}<b>${refused.length}</b></h2>${refused.map((envelope) => refusal(state, envelope))}` : nothing}
    ${open.length ? html`<h2 class="group">${t("Waiting to be sent")}<b>${open.length}</b></h2>${open.map((envelope) => row(state, envelope))}` : nothing}
    ${refused.length + open.length ? nothing : empty(t("Everything is on the server"), t("What you capture appears here until the server has confirmed it."))}
    ${aside.length ? putAside(state, aside) : nothing}
    ${state.filesLeft ? html`<p class="hint">${t("Photos still going up: {count}", { count: state.filesLeft })}</p>` : nothing}
    ${state.refusedFiles ? html`<p class="notice bad">${t("Photos the server did not take, kept on the phone: {count}", { count: state.refusedFiles })}</p>` : nothing}
    ${state.others.map(({ person, count }) => html`<p class="notice bad">${t("Not sent yet by {person}: {count}. It goes up when {person} signs in here.", { person, count })}</p>`)}
    ${rules()} ${phone(state)}
  `;
  return framed(state, route, { title: t("To send"), subtitle: state.pack.me.name, body });
}

function outcome(state: State): string {
  const last = state.syncedAt ? t("Last with the server {ago}.", { ago: ago(state.syncedAt) }) : t("Not yet with the server.");
  const words: Record<string, string> = {
    offline: t("No connection. Everything is kept here and sent by itself."),
    signed_out: t("Sign in again to send."),
    other_person: t("Somebody else is signed in here."),
    trouble: t("The server cannot take it just now. It is tried again by itself."),
  };
  return [words[state.outcome], last].filter(Boolean).join(" ");
}

type Named = Record<string, string | undefined>;

/** What it is about, in the words of the person who captured it. */
function titleOf(state: State, envelope: Envelope): string {
  const { item, checklist, finding, post, task } = envelope.payload as Named;
  if (item) {
    const what = state.pack.checklists.find((known) => known.code === checklist)?.items.find((known) => known.key === item);
    return what ? named(what) : item;
  }
  if (finding) return findingOf(state, finding)?.title ?? finding;
  if (post) return postOf(state, post)?.name ?? post;
  return (task && taskOf(state, task)?.title) || kindWord(envelope.kind);
}

function whereOf(state: State, envelope: Envelope): string {
  const { task, place, point, route } = envelope.payload as Named;
  const tag = place ?? point;
  const names = [kindWord(envelope.kind), tag && (placeTitle(placeOf(state, tag)) || tag), route && (routeOf(state, route)?.name ?? route), task];
  return names.filter(Boolean).join(" · ");
}

function head(state: State, envelope: Envelope): TemplateResult {
  const photos = envelope.files.length ? ` · ${photoCount(envelope.files.length)}` : "";
  const { verdict } = envelope.payload as Named;
  return html`<span class="entry-head"
      ><strong>${titleOf(state, envelope)}</strong>${verdict ? html`<b class="grade ${verdict}">${verdictWord(verdict as Verdict)}</b>` : nothing}</span
    ><small>${whereOf(state, envelope)}</small><small>${exact(envelope.captured_at)}${photos}</small>`;
}

function row(state: State, envelope: Envelope): TemplateResult {
  return html`<div class="entry">${head(state, envelope)}${envelope.reason ? html`<small>${envelope.reason.title}</small>` : nothing}</div>`;
}

function because({ reason }: Envelope): TemplateResult {
  const further = (reason?.errors ?? []).map((error) => error.message ?? "").filter((text) => text && text !== reason?.title);
  return html`<p>${reason?.title ?? ""}</p>
    ${further.length ? html`<ul>${further.map((text) => html`<li>${text}</li>`)}</ul>` : nothing}`;
}

function putAside(state: State, envelopes: Envelope[]): TemplateResult {
  return html`<details class="rules">
    <summary>${t("Sent back and put aside: {count}", { count: envelopes.length })}</summary>
    ${envelopes.map((envelope) => html`<div class="entry">${head(state, envelope)}${because(envelope)}</div>`)}
  </details>`;
}

function refusal(state: State, envelope: Envelope): TemplateResult {
  const again = async (): Promise<void> => {
    await state.queue.retry(envelope.id);
    await synchronise(state, true);
  };
  return html`<div class="entry bad">
    ${head(state, envelope)} ${because(envelope)}
    <span class="pair">
      <button type="button" @click=${() => void again()}>${t("Send once more")}</button>
      <button type="button" @click=${() => void state.queue.putAside(envelope.id)}>${t("Put aside")}</button>
    </span>
  </div>`;
}

function rules(): TemplateResult {
  return html`<details class="rules">
    <summary>${t("What happens if two people do the same")}</summary>
    <ul>
      <li>${t("Two people finish one task: the first finish counts, the answers of both are kept.")}</li>
      <li>${t("Two answers to one item at one place: the earlier captured one counts, the other is kept as a second opinion.")}</li>
      <li>${t("The checklist changed meanwhile: answers count under the version they were captured with.")}</li>
      <li>${t("The contract ended before the day of capture, or the task was cancelled: the entry comes back and stays here.")}</li>
    </ul>
  </details>`;
}

function phone(state: State): TemplateResult {
  const speech: [Language, string][] = [
    ["zh-hans", "中文"],
    ["en", "English"],
  ];
  const themes: [Theme, string][] = [
    ["", t("Like the phone")],
    ["light", t("Light")],
    ["dark", t("Dark")],
  ];
  const talk = (language: Language): void => {
    localStorage.setItem("duban-field-language", language);
    document.documentElement.lang = language;
    speak(language);
    redraw();
  };
  return html`<h2 class="group">${t("This phone")}</h2>
    <dl class="facts">
      <div><dt>${t("Works without a connection")}</dt><dd>${state.isReady && state.pack.made_at ? t("Yes") : t("Not yet")}</dd></div>
      <div><dt>${t("Data is protected from clearing")}</dt><dd>${state.isPersisted ? t("Yes") : t("The browser has not agreed; send often")}</dd></div>
      ${state.space ? html`<div><dt>${t("Storage")}</dt><dd>${size(state.space.usage)} / ${size(state.space.quota)}</dd></div>` : nothing}
      ${Math.abs(state.clockGap) > CLOCK_GAP_MS ? html`<div><dt>${t("Clock")}</dt><dd class="red">${t("{count} minutes off", { count: Math.round(Math.abs(state.clockGap) / 60_000) })}</dd></div>` : nothing}
      <div><dt>${t("Version")}</dt><dd>${state.facts.version}</dd></div>
    </dl>
    <div class="chips">${speech.map(([code, label]) => html`<button type="button" class="chip" aria-pressed=${spoken() === code} @click=${() => talk(code)}>${label}</button>`)}</div>
    <div class="chips">${themes.map(([code, label]) => html`<button type="button" class="chip" aria-pressed=${themeOf() === code} @click=${() => wear(code)}>${label}</button>`)}</div>
    <p class="aside"><a href="/">${t("To the office")}</a></p>`;
}
