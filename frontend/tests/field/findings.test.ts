import assert from "node:assert/strict";
import { test } from "node:test";
import { byDue, FILTERS, isFilter, listed, PAGE } from "../../src/field/core/findings";
import type { Finding } from "../../src/field/core/types";

function finding(number: number, more: Partial<Finding> = {}): Finding {
  const code = `FD-${String(number).padStart(4, "0")}`;
  const due_on = "2026-11-20";
  const texts = { title: `item ${number}`, place: "A", place_name: "大堂", estate_name: "翠湖", severity: "minor" as const, state: "open" };
  return { code, due_on, is_overdue: false, photos: [], waits_for: "vendor", ...texts, ...more };
}

const codes = (found: readonly Finding[]): string[] => found.map((one) => one.code);
const everybody = (): boolean => true;
const nobody = (): boolean => false;

test("the newest due day comes first, none last, the code settles a tie", () => {
  const found = [finding(1, { due_on: null }), finding(3), finding(2), finding(4, { due_on: "2026-11-27" })];
  assert.deepEqual(codes([...found].sort(byDue)), ["FD-0004", "FD-0002", "FD-0003", "FD-0001"]);
});

test("places stand in the order of their newest finding, each with its count", () => {
  const garage = { place: "B", place_name: "车库", due_on: "2026-11-25" };
  const found = [finding(1), finding(2, garage), finding(3), finding(4, { ...garage, due_on: "2026-11-01" })];
  const list = listed(found, nobody, "all");
  assert.deepEqual(
    list.groups.map((group) => [group.place, group.count, codes(group.findings)]),
    [
      ["车库", 2, ["FD-0002", "FD-0004"]],
      ["大堂", 2, ["FD-0001", "FD-0003"]],
    ],
  );
});

test("places of one name in two estates, and findings without a place, are kept apart", () => {
  const found = [finding(1), finding(2, { estate_name: "枫桥" }), finding(3, { place: "", place_name: "" })];
  assert.deepEqual(listed(found, everybody, "all").groups.map((group) => [group.estate, group.place]), [
    ["翠湖", "大堂"],
    ["枫桥", "大堂"],
    ["翠湖", ""],
  ]);
});

test("filters choose, counts tell of all three", () => {
  const found = [finding(1, { is_overdue: true }), finding(2), finding(3, { is_overdue: true }), finding(4)];
  const mine = (one: Finding): boolean => one.code === "FD-0001" || one.code === "FD-0002";
  for (const [filter, expected] of [["mine", ["FD-0001", "FD-0002"]], ["overdue", ["FD-0001", "FD-0003"]], ["all", codes(found)]] as const) {
    const list = listed(found, mine, filter);
    assert.deepEqual(list.counts, { mine: 2, overdue: 2, all: 4 });
    assert.deepEqual(list.groups.flatMap((group) => codes(group.findings)), expected);
  }
  assert.ok(FILTERS.every(isFilter));
  assert.ok(!isFilter(undefined) && !isFilter("FD-0001"));
});

test("no more than a page is drawn, the group at its end is cut but counted whole", () => {
  const found = Array.from({ length: 120 }, (_, number) => finding(number, number < 30 ? { place: "B", place_name: "车库", due_on: "2026-11-27" } : {}));
  const first = listed(found, everybody, "all");
  assert.deepEqual(first.groups.map((group) => [group.count, group.findings.length]), [[30, 30], [90, 20]]);
  assert.equal(first.left, 70);
  const next = listed(found, everybody, "all", 2 * PAGE);
  assert.deepEqual([next.groups.flatMap((group) => group.findings).length, next.left], [100, 20]);
  assert.equal(listed(found, everybody, "all", 3 * PAGE).left, 0);
  assert.deepEqual(listed(found, everybody, "all", 30).groups.length, 1, "a full page opens no empty group");
  assert.deepEqual(codes(found).length, 120, "the pack itself is left as it is");
});

test("nothing at all is no group", () => {
  assert.deepEqual(listed([], everybody, "mine"), { groups: [], counts: { mine: 0, overdue: 0, all: 0 }, left: 0 });
});
