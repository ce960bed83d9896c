// Reading a code: camera, tag, or typed.
import { html, nothing, type TemplateResult } from "lit-html";
import { judgeFence } from "../core/fence";
import { follow, here } from "../core/position";
import { hasTags, readTag, scan, type Eye } from "../core/scan";
import { t } from "../core/text";
import type { Method } from "../core/types";
import { found } from "../found";
import { postOf } from "../lookup";
import { framed } from "../parts/frame";
import { icon } from "../parts/icons";
import { fenceReason } from "../parts/words";
import { onLeave, to, type Route } from "../router";
import { redraw } from "../screen";
import type { State } from "../state";

let look: "off" | "starting" | "looking" | "refused" = "off";
let eye: Eye | null = null;
let isLit = false;
let typed = "";

export function scanScreen(state: State, route: Route): TemplateResult {
  follow(redraw);
  if (look === "off") void open(state, route.parts);
  const take = (event: Event): void => {
    event.preventDefault();
    if (typed.trim()) void found(state, route.parts, typed.trim(), "typed");
  };
  const body = html`<div class="scan">
    ${route.parts[0] === "punch" ? fenceHint(state, route.parts[1] ?? "") : nothing}
    <div class="scan-window">
      <video id="scan-video" playsinline muted></video>
      ${look === "refused"
        ? html`<p>${t("The camera is not available. Type the code that stands below the picture.")}</p>`
        : html`<svg class="scan-frame" viewBox="0 0 100 100" aria-hidden="true"><path d="M4 24V4h20M76 4h20v20M96 76v20H76M24 96H4V76" /></svg>`}
      ${eye?.lamp ? html`<button type="button" class="lamp" aria-pressed=${isLit} @click=${() => void light()}>${icon("bulb")} ${t("Lamp")}</button>` : nothing}
    </div>
    <form @submit=${take}>
      <label for="typed-code">${t("Or type the code of the place")}</label>
      <div class="typed">
        <input
          id="typed-code"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          .value=${typed}
          @input=${(event: Event) => (typed = (event.target as HTMLInputElement).value)}
        />
        <button type="submit">${t("Go")}</button>
      </div>
    </form>
    ${hasTags() ? html`<button type="button" class="wide quiet" @click=${() => void listen(state, route.parts)}>${icon("tag")} ${t("Read a tag")}</button>` : nothing}
    ${route.parts[0] === "punch" ? byPosition(state, route.parts) : nothing}
  </div>`;
  return framed(state, route, { title: t("Scan a code"), back: backOf(route), body });
}

/** Said before the code is read: whoever stands too far away, or has no position yet, can still change that. */
function fenceHint(state: State, code: string): TemplateResult | typeof nothing {
  const post = postOf(state, code);
  const note = post ? judgeFence(post, here()) : null;
  if (!note) return nothing;
  if (note.reason === "no_position") return html`<p class="fence" role="status">${t("Looking for the position of the phone…")}</p>`;
  const follows = note.verdict === "refused" ? t("A check-in from here is sent back.") : t("A check-in from here becomes an exception.");
  return html`<p class="fence ${note.verdict}" role="status"><strong>${follows}</strong><span>${fenceReason(note)}</span></p>`;
}

function byPosition(state: State, aim: readonly string[]): TemplateResult {
  return html`<button type="button" class="wide quiet" @click=${() => void found(state, aim, "", "position")}>
    ${icon("pin")} ${t("No code at the post: use the position")}
  </button>`;
}

function backOf({ parts }: Route): string {
  if (parts[0] === "form") return to("place", parts[1] ?? "", parts[2] ?? "");
  if (parts[0] === "task") return to("task", parts[1] ?? "");
  if (parts[0] === "patrol") return to("patrol", parts[1] ?? "");
  return to(parts[0] === "punch" ? "posts" : "today");
}

async function open(state: State, aim: readonly string[]): Promise<void> {
  look = "starting";
  let isGone = false;
  onLeave(() => {
    isGone = true;
    look = "off";
    typed = "";
    isLit = false;
    eye?.stop();
    eye = null;
  });
  await new Promise((drawn) => setTimeout(drawn));
  try {
    const video = document.getElementById("scan-video") as HTMLVideoElement | null;
    if (!video || !("mediaDevices" in navigator)) throw new Error("no camera");
    const opened = await scan(video, (text) => void took(state, aim, text, "qr"));
    if (isGone) return opened.stop();
    eye = opened;
    look = "looking";
  } catch {
    if (!isGone) look = "refused";
  }
  redraw();
}

async function light(): Promise<void> {
  isLit = !isLit;
  await eye?.lamp?.(isLit).catch(() => (isLit = false));
  redraw();
}

async function took(state: State, aim: readonly string[], text: string, method: Method): Promise<void> {
  navigator.vibrate?.(60);
  await found(state, aim, text, method);
}

async function listen(state: State, aim: readonly string[]): Promise<void> {
  const stop = await readTag((text) => void took(state, aim, text, "nfc")).catch(() => undefined);
  if (stop) onLeave(stop);
}
