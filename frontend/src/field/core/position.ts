// Where the phone is. Asked for only while somebody works on a task; a refusal is an answer too.
import { positionOf } from "./places";
import type { Position } from "./types";

const FRESH_MS = 120_000;

let last: Position | null = null;
let lastAt = 0;
let watch: number | null = null;

export function follow(changed: () => void): void {
  if (watch !== null || !("geolocation" in navigator)) return;
  watch = navigator.geolocation.watchPosition(
    (found) => {
      last = positionOf(found.coords, new Date(found.timestamp));
      lastAt = Date.now();
      changed();
    },
    () => undefined,
    { enableHighAccuracy: true, maximumAge: 15_000, timeout: 30_000 },
  );
}

export function here(): Position | null {
  return Date.now() - lastAt < FRESH_MS ? last : null;
}
