// Which patrol rounds take scans now, and which are over: the rule by which the server decides what a scan belongs to.
import type { PatrolRoute } from "./types";

const EARLY_MS = 30 * 60_000;
const LATE_MS = 60 * 60_000;

interface Span {
  from: number;
  to: number;
}

function spanOf({ points }: PatrolRoute): Span | null {
  const times = points.flatMap((point) => (point.window_from && point.window_to ? [Date.parse(point.window_from), Date.parse(point.window_to)] : []));
  const known = times.filter((time) => !Number.isNaN(time));
  return known.length ? { from: Math.min(...known), to: Math.max(...known) } : null;
}

const routeCode = (round: PatrolRoute): string => round.code.split(".")[0] ?? round.code;

/** Of each route the round that began last among those near enough; a round without windows can always be walked. */
export function underWay(rounds: readonly PatrolRoute[], now: number = Date.now()): PatrolRoute[] {
  const chosen = new Map<string, { round: PatrolRoute; from: number }>();
  for (const round of rounds) {
    const span = spanOf(round);
    if (span && (now < span.from - EARLY_MS || now > span.to + LATE_MS)) continue;
    const from = span?.from ?? 0;
    const before = chosen.get(routeCode(round));
    if (!before || from >= before.from) chosen.set(routeCode(round), { round, from });
  }
  return rounds.filter((round) => chosen.get(routeCode(round))?.round === round);
}

/** The round a scan made now belongs to, whichever round of the route was open on the screen. */
export function roundNow(rounds: readonly PatrolRoute[], opened: PatrolRoute, now: number = Date.now()): PatrolRoute {
  return underWay(rounds, now).find((round) => routeCode(round) === routeCode(opened)) ?? opened;
}

/** Rounds by what can be done about them: walked now, walked later, or gone by. */
export function sorted(rounds: readonly PatrolRoute[], now: number = Date.now()): Record<"now" | "later" | "over", PatrolRoute[]> {
  const current = new Set(underWay(rounds, now));
  const rest = rounds.filter((round) => !current.has(round));
  const isLater = (round: PatrolRoute): boolean => (spanOf(round)?.from ?? 0) > now;
  return { now: rounds.filter((round) => current.has(round)), later: rest.filter(isLater), over: rest.filter((round) => !isLater(round)).reverse() };
}
