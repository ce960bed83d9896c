import assert from "node:assert/strict";
import { test } from "node:test";
import { roundNow, sorted, underWay } from "../../src/field/core/rounds";
import { round } from "./helpers";

const at = (hour: number, minute = 0): number => Date.UTC(2026, 10, 27, hour, minute);
const rounds = [round("RT-1.20261127.1", 2), round("RT-1.20261127.2", 4), round("RT-2.20261127.1", 2), round("RT-1.20261128.1", 26)];
const codes = (found: readonly { code: string }[]): string[] => found.map((one) => one.code);

test("of each route the round that began last takes the scans, from half an hour before to an hour after", () => {
  assert.deepEqual(codes(underWay(rounds, at(1, 29))), []);
  assert.deepEqual(codes(underWay(rounds, at(1, 30))), ["RT-1.20261127.1", "RT-2.20261127.1"]);
  assert.deepEqual(codes(underWay(rounds, at(3, 45))), ["RT-1.20261127.2", "RT-2.20261127.1"]);
  assert.deepEqual(codes(underWay(rounds, at(4, 1))), ["RT-1.20261127.2"]);
  assert.deepEqual(codes(underWay(rounds, at(6, 1))), []);
});

test("rounds of the same hour on two days are two rounds", () => {
  assert.deepEqual(codes(underWay(rounds, at(26, 10))), ["RT-1.20261128.1"]);
});

test("a round without windows can always be walked", () => {
  const points = [{ place: "A", order: 1, window_from: null, window_to: null }];
  assert.deepEqual(codes(underWay([round("RT-9", 2, { points })], at(20))), ["RT-9"]);
});

test("what is walked now stands before what is to come and what is over", () => {
  const { now, later, over } = sorted(rounds, at(5, 30));
  assert.deepEqual([codes(now), codes(later), codes(over)], [["RT-1.20261127.2"], ["RT-1.20261128.1"], ["RT-2.20261127.1", "RT-1.20261127.1"]]);
});

test("a scan belongs to the round under way, whichever was open", () => {
  const [early, late] = [rounds[0], rounds[1]];
  assert.ok(early && late);
  assert.equal(roundNow(rounds, early, at(4, 10)), late);
  assert.equal(roundNow(rounds, early, at(12)), early);
});
