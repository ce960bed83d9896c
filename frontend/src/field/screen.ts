// One redraw a frame, whatever happened in between; and the one message at the bottom.
import type { Toast } from "./state";

type Draw = () => void;

const TOAST_MS = 6_000;
let draw: Draw = () => undefined;
let show: (toast: Toast | null) => void = () => undefined;
let isDue = false;
let timer = 0;

export function setScreen(drawing: Draw, toasting: (toast: Toast | null) => void): void {
  draw = drawing;
  show = toasting;
}

export function redraw(): void {
  if (isDue) return;
  isDue = true;
  const run = (): void => {
    if (!isDue) return;
    isDue = false;
    draw();
  };
  if (document.hidden) queueMicrotask(run);
  else requestAnimationFrame(run);
}

export function say(toast: Toast): void {
  show(toast);
  redraw();
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    show(null);
    redraw();
  }, TOAST_MS);
}
