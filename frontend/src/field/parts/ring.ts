// How far something is, as a ring with the number inside.
import { html, type TemplateResult } from "lit-html";

const RADIUS = 15.9155;

export function ring(done: number, total: number, isBad = false): TemplateResult {
  const share = total ? Math.round((done / total) * 100) : 0;
  const isWhole = total > 0 && done >= total;
  return html`<svg class="ring ${isWhole ? "whole" : ""} ${isBad ? "bad" : ""}" viewBox="0 0 40 40" aria-hidden="true">
    <circle class="track" cx="20" cy="20" r=${RADIUS}></circle>
    <circle class="made" cx="20" cy="20" r=${RADIUS} stroke-dasharray="${share} 100" transform="rotate(-90 20 20)"></circle>
    <text x="20" y="20.5" text-anchor="middle" dominant-baseline="central">${done}/${total}</text>
  </svg>`;
}
