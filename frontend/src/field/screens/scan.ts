// Reading a code: camera, tag, or typed.
import { html, nothing, type TemplateResult } from "lit-html";
import { follow } from "../core/position";
import { hasTags, readTag, scan, type Stop } from "../core/scan";
import { t } from "../core/text";
import type { Method } from "../core/types";
import { found } from "../found";
import { framed } from "../parts/frame";
import { icon } from "../parts/icons";
import { onLeave, to, type Route } from "../router";
import { redraw } from "../screen";
import type { State } from "../state";

type Eye = "off" | "starting" | "looking" | "refused";

let eye: Eye = "off";
let typed = "";

export function scanScreen(state: State, route: Route): TemplateResult {
  follow(redraw);
  if (eye === "off") void open(state, route.parts);
  const take = (event: Event): void => {
    event.preventDefault();
    if (typed.trim()) void found(state, route.parts, typed.trim(), "typed");
  };
  const body = html`<div class="scan">
    <div class="scan-window">
      <video id="scan-video" playsinline muted></video>
      ${eye === "refused" ? html`<p>${t("The camera is not available. Type the code that stands below the picture.")}</p>` : nothing}
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

function byPosition(state: State, aim: readonly string[]): TemplateResult {
  return html`<button type="button" class="wide quiet" @click=${() => void found(state, aim, "", "position")}>
    ${icon("pin")} ${t("No code at the post: use the position")}
  </button>`;
}

function backOf({ parts }: Route): string {
  if (parts[0] === "task") return to("task", parts[1] ?? "");
  if (parts[0] === "patrol") return to("patrol", parts[1] ?? "");
  return to(parts[0] === "punch" ? "posts" : "today");
}

async function open(state: State, aim: readonly string[]): Promise<void> {
  eye = "starting";
  let stop: Stop | undefined;
  let isGone = false;
  onLeave(() => {
    isGone = true;
    eye = "off";
    typed = "";
    stop?.();
  });
  await new Promise((drawn) => setTimeout(drawn));
  try {
    const video = document.getElementById("scan-video") as HTMLVideoElement | null;
    if (!video || !("mediaDevices" in navigator)) throw new Error("no camera");
    stop = await scan(video, (text) => void took(state, aim, text, "qr"));
    if (isGone) stop();
    else eye = "looking";
  } catch {
    if (!isGone) eye = "refused";
  }
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
