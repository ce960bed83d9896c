// Where in the app one is: `#/task/TK-2026-0001/TAG`. The address survives a closed browser, and the back key works.
import { redraw } from "./screen";

export interface Route {
  name: string;
  parts: string[];
}

const leaving: (() => void)[] = [];

export function route(hash: string = location.hash): Route {
  const [name = "", ...parts] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return { name: name || "today", parts };
}

export function to(name: string, ...parts: string[]): string {
  return `#/${[name, ...parts].map(encodeURIComponent).join("/")}`;
}

export function go(...where: [string, ...string[]]): void {
  location.hash = to(...where);
}

/** Take the place of the current page in the history, so that the back key does not return to it. */
export function swap(...where: [string, ...string[]]): void {
  location.replace(to(...where));
}

/** Run once when the person goes elsewhere: a camera is let go, a listener ends. */
export function onLeave(run: () => void): void {
  leaving.push(run);
}

export function startRouting(): void {
  addEventListener("hashchange", () => {
    for (const run of leaving.splice(0)) run();
    scrollTo(0, 0);
    redraw();
  });
}
