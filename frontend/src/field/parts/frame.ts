// What stands around every screen: where one is, what is not sent yet, and the way on.
import { html, nothing, type TemplateResult } from "lit-html";
import { t } from "../core/text";
import type { State } from "../state";
import { redraw, say } from "../screen";
import { mineCount } from "../lookup";
import { to, type Route } from "../router";
import { icon, type Symbol } from "./icons";

export interface Frame {
  title: string;
  subtitle?: string | TemplateResult;
  back?: string;
  share?: { done: number; total: number };
  body: TemplateResult;
  foot?: TemplateResult;
  /** Stands right above the tabs, in reach of the thumb. */
  above?: TemplateResult;
}

export function framed(state: State, route: Route, frame: Frame): TemplateResult {
  return html`
    <header class="head">
      <div class="head-line">
        ${frame.back ? html`<a class="head-back" href=${frame.back} aria-label=${t("Back")}>${icon("back")}</a>` : nothing}
        <h1>${frame.title}</h1>
        ${pill(state)}
      </div>
      ${frame.subtitle ? html`<p class="head-sub">${frame.subtitle}</p>` : nothing}
      ${frame.share ? html`<progress max=${frame.share.total || 1} value=${frame.share.done} aria-label=${t("Progress")}></progress>` : nothing}
    </header>
    ${banners(state)}
    <main>${frame.body}</main>
    ${frame.foot ? html`<footer class="foot">${frame.foot}</footer>` : html`<div class="deck">${frame.above ?? nothing}${tabs(state, route)}</div>`}
    ${state.toast ? toast(state) : nothing}
  `;
}

/** The one thing always in sight: how much of the work is on this phone only. */
export function pill(state: State): TemplateResult {
  const left = state.unsent;
  const parts = [];
  if (!state.isOnline) parts.push(t("Offline"));
  if (left) parts.push(state.isSyncing && state.isOnline ? t("sending {count}", { count: left }) : t("{count} to send", { count: left }));
  if (state.rejected) parts.push(t("{count} refused", { count: state.rejected }));
  if (!parts.length) parts.push(t("All sent"));
  const tone = state.rejected ? "bad" : left || !state.isOnline ? "warn" : "good";
  return html`<a class="pill ${tone}" href=${to("outbox")} data-unsent=${left}><span role="status">${parts.join(" · ")}</span></a>`;
}

function banners(state: State): TemplateResult {
  return html`
    ${state.renew ? banner("info", t("A new version of the app is ready. Your work stays on the phone."), t("Renew now"), state.renew) : nothing}
    ${state.isFull || state.isScarce ? banner("bad", t("The phone is almost full: new photos may not be kept. Free some space.")) : nothing}
    ${state.outcome === "signed_out" ? link("warn", t("You are signed out. What you capture is kept here."), t("Sign in"), "/accounts/login/?next=/field/") : nothing}
    ${state.outcome === "other_person" ? link("warn", t("Somebody else is signed in here. Your work waits until you sign in again."), t("Switch"), "/field/") : nothing}
  `;
}

function banner(tone: string, text: string, label?: string, run?: () => void): TemplateResult {
  return html`<div class="banner ${tone}"><span>${text}</span>${label ? html`<button type="button" @click=${run}>${label}</button>` : nothing}</div>`;
}

function link(tone: string, text: string, label: string, url: string): TemplateResult {
  return html`<div class="banner ${tone}"><span>${text}</span><a class="button" href=${url}>${label}</a></div>`;
}

const TABS: readonly { name: string; symbol: Symbol; label: () => string; also: readonly string[] }[] = [
  { name: "today", symbol: "list", label: () => t("Tasks"), also: ["task"] },
  { name: "posts", symbol: "shield", label: () => t("Posts"), also: ["patrol"] },
  { name: "scan", symbol: "scan", label: () => t("Scan"), also: [] },
  { name: "findings", symbol: "flag", label: () => t("Findings"), also: ["finding"] },
  { name: "outbox", symbol: "cloud", label: () => t("To send"), also: [] },
];

function tabs(state: State, route: Route): TemplateResult {
  const marks: Record<string, number> = {
    findings: mineCount(state),
    outbox: state.unsent + state.rejected,
  };
  return html`<nav class="tabs">
    ${TABS.map(({ name, symbol, label, also }) => {
      const isHere = route.name === name || also.includes(route.name);
      return html`<a href=${to(name)} class=${name === "scan" ? "tab-scan" : ""} aria-current=${isHere ? "page" : "false"}>
        ${icon(symbol)}<span>${label()}</span>${marks[name] ? html`<b class="mark">${marks[name]}</b>` : nothing}
      </a>`;
    })}
  </nav>`;
}

function toast(state: State): TemplateResult {
  const shown = state.toast;
  if (!shown) return html``;
  const close = (): void => {
    state.toast = null;
    redraw();
  };
  return html`<div class="toast ${shown.tone}" role="alert">
    <span>${shown.text}</span>
    <button type="button" @click=${shown.action?.run ?? close}>${shown.action?.label ?? t("OK")}</button>
  </div>`;
}

export function empty(title: string, advice: string, action?: TemplateResult): TemplateResult {
  return html`<div class="empty"><h2>${title}</h2><p>${advice}</p>${action ?? nothing}</div>`;
}

export function done(text: string): void {
  say({ text, tone: "good" });
}
