// What goes wrong on the phone itself is said, and nothing that was kept is touched.
import { DiskFull, isDiskFull } from "./core/photos";
import { t } from "./core/text";
import { redraw, say } from "./screen";
import type { State } from "./state";

const SCARCE = 50 * 1024 * 1024;

export function complain(state: State, error: unknown): void {
  if (error instanceof DiskFull || isDiskFull(error)) {
    state.isFull = true;
    say({ text: t("The phone's storage is full. What you have captured is safe; free some space, then take it again."), tone: "bad" });
  } else {
    say({ text: t("This could not be kept on the phone. Try again."), tone: "bad" });
    console.warn(error);
  }
  redraw();
}

export async function measure(state: State): Promise<void> {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  state.space = quota ? { usage, quota } : null;
  state.isScarce = quota > 0 && quota - usage < SCARCE;
  if (!state.isScarce) state.isFull = false;
  redraw();
}
