// What the fence of a post makes of a check-in, known on the spot: the rule the server applies when it arrives.
import { distanceTo } from "./places";
import type { FenceNote, Position, Post } from "./types";

const ACCURACY_LIMIT_M = 100;
const DEFAULT_RADIUS_M = 100;

/** Nothing where the check-in is simply taken. The accuracy the phone reports is granted to the person, up to 100 m. */
export function judgeFence(post: Pick<Post, "fence" | "lat" | "lon" | "radius_m">, position: Position | null): FenceNote | null {
  if (post.fence === "ignore") return null;
  const metres = distanceTo(post, position);
  const radius = post.radius_m ?? DEFAULT_RADIUS_M;
  const reason = doubt(position, metres, radius);
  if (!reason) return null;
  return { verdict: post.fence === "block" ? "refused" : "exception", reason, metres, radius };
}

function doubt(position: Position | null, metres: number | null, radius: number): FenceNote["reason"] | null {
  if (!position) return "no_position";
  if (metres !== null && metres - Math.min(position.accuracy, ACCURACY_LIMIT_M) > radius) return "outside";
  return position.is_mock ? "mock" : null;
}
