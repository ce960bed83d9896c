// The list of findings: filtered, put in order, grouped by place, and cut into pages a thumb can scroll.
import type { Finding } from "./types";

export const FILTERS = ["mine", "overdue", "all"] as const;
export type Filter = (typeof FILTERS)[number];

/** So many findings are drawn at once; the next press brings as many again. */
export const PAGE = 50;

export interface Group {
  place: string;
  estate: string;
  /** How many of the filtered findings lie here, whether drawn or not. */
  count: number;
  findings: Finding[];
}

export interface Listed {
  groups: Group[];
  counts: Record<Filter, number>;
  /** How many findings of the filter are not drawn yet. */
  left: number;
}

type Mine = (finding: Finding) => boolean;

export function isFilter(name: string | undefined): name is Filter {
  return FILTERS.some((filter) => filter === name);
}

/** Newest due day first; those without one come last. The code settles a tie, so that the order never jumps. */
export function byDue(one: Finding, other: Finding): number {
  return (other.due_on ?? "").localeCompare(one.due_on ?? "") || one.code.localeCompare(other.code);
}

/** Places in the order of their newest finding; `shown` findings are drawn, the group of the last one may be cut. */
export function listed(findings: readonly Finding[], isMine: Mine, filter: Filter, shown: number = PAGE): Listed {
  const chosen: Record<Filter, Mine> = { mine: isMine, overdue: (finding) => finding.is_overdue, all: () => true };
  const counts = { mine: 0, overdue: 0, all: findings.length };
  for (const finding of findings) {
    if (isMine(finding)) counts.mine += 1;
    if (finding.is_overdue) counts.overdue += 1;
  }
  const groups = new Map<string, Group>();
  for (const finding of findings.filter(chosen[filter]).sort(byDue)) {
    const key = `${finding.estate_name ?? ""}|${finding.place || finding.place_name}`;
    const group = groups.get(key) ?? { place: finding.place_name, estate: finding.estate_name ?? "", count: 0, findings: [] };
    group.count += 1;
    group.findings.push(finding);
    groups.set(key, group);
  }
  return { groups: cut([...groups.values()], shown), counts, left: Math.max(0, counts[filter] - shown) };
}

function cut(groups: Group[], shown: number): Group[] {
  let room = shown;
  const kept: Group[] = [];
  for (const group of groups) {
    if (room <= 0) break;
    kept.push({ ...group, findings: group.findings.slice(0, room) });
    room -= group.findings.length;
  }
  return kept;
}
