// The worker behind the app, the promise of the browser to keep its data, and how much room is left.
import { redraw } from "./screen";
import type { State } from "./state";
import { plan } from "./syncing";
import { measure } from "./trouble";

const CHECK_MS = 30 * 60_000;

export async function install(state: State): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const hadOne = navigator.serviceWorker.controller !== null;
  let isRenewing = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (hadOne && isRenewing) location.reload();
  });
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data === "sync") plan(state, 0);
  });
  const registration = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/" }).catch(() => null);
  if (!registration) return;
  const offer = (): void => {
    const waiting = registration.waiting;
    if (!waiting || !navigator.serviceWorker.controller) return;
    state.renew = () => {
      isRenewing = true;
      waiting.postMessage("renew");
    };
    redraw();
  };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  offer();
  setInterval(() => void registration.update().catch(() => undefined), CHECK_MS);
  state.isReady = (await navigator.serviceWorker.ready) !== null;
  redraw();
}

/** Ask the browser not to clear the data when the phone runs low. Browsers decide by use, so it is asked again at each start. */
export async function askToKeep(state: State): Promise<void> {
  state.isPersisted = (await navigator.storage?.persisted?.()) || ((await navigator.storage?.persist?.()) ?? false);
  await measure(state);
}
