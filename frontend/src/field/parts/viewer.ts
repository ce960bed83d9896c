// Pictures in full width, good and bad side by side in words and colour.
import { html, nothing, type TemplateResult } from "lit-html";
import { t } from "../core/text";
import { redraw } from "../screen";
import type { State } from "../state";
import { icon } from "./icons";

export function viewer(state: State): TemplateResult | typeof nothing {
  const shown = state.viewer;
  if (!shown) return nothing;
  const close = (): void => {
    state.viewer = null;
    redraw();
  };
  const drop = (): void => {
    shown.drop?.();
    close();
  };
  return html`<div class="viewer" role="dialog" aria-modal="true" aria-label=${shown.title}>
    <div class="viewer-head">
      <h2>${shown.title}</h2>
      <button type="button" class="viewer-close" @click=${close} aria-label=${t("Close the picture")}>${icon("close")}</button>
    </div>
    <div class="viewer-body">
      ${shown.pictures.map(
        ({ url, label, tone }) => html`<figure class=${tone}>
          ${label ? html`<figcaption>${label}</figcaption>` : nothing}<img src=${url} alt=${label || shown.title} />
        </figure>`,
      )}
    </div>
    ${shown.drop ? html`<button type="button" class="wide quiet" @click=${drop}>${t("Take this photo off the answer")}</button>` : nothing}
  </div>`;
}
