// Symbols as text in the program: no request, no flash, and there in the basement.
import alert from "@tabler/icons/outline/alert-triangle.svg?raw";
import back from "@tabler/icons/outline/arrow-left.svg?raw";
import bulb from "@tabler/icons/outline/bulb.svg?raw";
import calendar from "@tabler/icons/outline/calendar-check.svg?raw";
import camera from "@tabler/icons/outline/camera.svg?raw";
import check from "@tabler/icons/outline/check.svg?raw";
import clock from "@tabler/icons/outline/clock.svg?raw";
import cloud from "@tabler/icons/outline/cloud-upload.svg?raw";
import close from "@tabler/icons/outline/x.svg?raw";
import flag from "@tabler/icons/outline/flag.svg?raw";
import list from "@tabler/icons/outline/checklist.svg?raw";
import next from "@tabler/icons/outline/chevron-right.svg?raw";
import pin from "@tabler/icons/outline/map-pin.svg?raw";
import plus from "@tabler/icons/outline/plus.svg?raw";
import shield from "@tabler/icons/outline/shield.svg?raw";
import scan from "@tabler/icons/outline/qrcode.svg?raw";
import star from "@tabler/icons/outline/star.svg?raw";
import tag from "@tabler/icons/outline/nfc.svg?raw";
import undo from "@tabler/icons/outline/arrow-back-up.svg?raw";
import { unsafeSVG } from "lit-html/directives/unsafe-svg.js";
import { html, svg, type TemplateResult } from "lit-html";

const SYMBOLS = { alert, back, bulb, calendar, camera, check, clock, cloud, close, flag, list, next, pin, plus, shield, scan, star, tag, undo };

export type Symbol = keyof typeof SYMBOLS;

const drawn = new Map<Symbol, TemplateResult>();

export function icon(name: Symbol): TemplateResult {
  const known = drawn.get(name);
  if (known) return known;
  const inside = SYMBOLS[name].replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "");
  const made = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${svg`${unsafeSVG(inside)}`}</svg>`;
  drawn.set(name, made);
  return made;
}
