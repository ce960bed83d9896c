// Photos of an answer: small copies with time and place on their edge, and the button that takes one more.
import { html, nothing, type TemplateResult } from "lit-html";
import { MOST_PHOTOS } from "../core/answers";
import { t } from "../core/text";
import { clock } from "../core/time";
import type { Photo } from "../core/types";
import { redraw, say } from "../screen";
import type { State } from "../state";
import { icon } from "./icons";

const FRESH_MS = 10 * 60_000;

export type Take = (file: File, source: Photo["source"]) => Promise<unknown>;

export function photoRow(state: State, photos: readonly Photo[], isGallery: boolean, take: Take, drop?: (sha: string) => void): TemplateResult {
  return html`<div class="photos">
    ${photos.map((photo) => thumb(state, photo, drop))}
    ${photos.length < MOST_PHOTOS ? html`${adder("camera", take, isGallery)} ${isGallery ? adder("gallery", take, isGallery) : nothing}` : nothing}
  </div>`;
}

function thumb(state: State, photo: Photo, drop?: (sha: string) => void): TemplateResult {
  const url = state.thumbs.get(photo.sha256) ?? "";
  const label = t("Photo taken at {time}", { time: clock(photo.taken_at) });
  const show = (): void => {
    state.viewer = { title: label, pictures: [{ url, label: "", tone: "" }] };
    if (drop) state.viewer.drop = () => drop(photo.sha256);
    redraw();
  };
  return html`<button type="button" class="photo" @click=${show} aria-label=${label}>
    ${url ? html`<img src=${url} alt="" loading="lazy" decoding="async" />` : html`<span>${clock(photo.taken_at)}</span>`}
    ${photo.source === "gallery" ? html`<em>${t("Gallery")}</em>` : nothing}
  </button>`;
}

/** Some phones let people choose an old picture where the camera was asked for: its file is older than the tap. */
function sourceOf(file: File, asked: Photo["source"]): Photo["source"] {
  return asked === "camera" && Date.now() - file.lastModified > FRESH_MS ? "gallery" : asked;
}

function adder(source: Photo["source"], take: Take, isGallery: boolean): TemplateResult {
  const chosen = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = "";
    for (const file of files) {
      const found = sourceOf(file, source);
      if (found === "camera" || isGallery) await take(file, found);
      else say({ text: t("This picture is not new. Take it here and now: the plan allows none from the gallery."), tone: "warning" });
    }
  };
  const isCamera = source === "camera";
  const label = isCamera ? t("Take a photo") : t("From the gallery");
  return html`<label class="photo add">
    ${icon(isCamera ? "camera" : "plus")}<span>${isCamera ? t("Photo") : t("Gallery")}</span>
    ${isCamera
      ? html`<input type="file" accept="image/*" capture="environment" aria-label=${label} @change=${chosen} />`
      : html`<input type="file" accept="image/*" aria-label=${label} @change=${chosen} />`}
  </label>`;
}
