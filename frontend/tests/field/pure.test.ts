import assert from "node:assert/strict";
import { test } from "node:test";
import { answerKey, changed, isRepeat, lacks, measured } from "../../src/field/core/answers";
import { canonical, hashOf, sha256 } from "../../src/field/core/canonical";
import { isDiskFull } from "../../src/field/core/photos";
import { distanceTo, metresBetween, placeOfToken, positionOf } from "../../src/field/core/places";
import { nextPlace, openItem, placesOf, progressAt, progressOf } from "../../src/field/core/progress";
import { backoff } from "../../src/field/core/sync";
import { named, speak, spoken, t } from "../../src/field/core/text";
import { ago, clock, day, exact, today } from "../../src/field/core/time";
import { answer, checklist, item, place, task } from "./helpers";

const moment = { at: "2026-11-26T02:00:00.000Z", position: null };
const later = { at: "2026-11-26T02:05:00.000Z", position: null };
const ground = { task: "TK-1", place: "A", checklist: "CL-1" };

test("canonical JSON is what Python's json.dumps writes", () => {
  const payload = { b: [1, true, null], a: "翠湖 \"x\"\n", é: { z: -3, y: "" }, gone: undefined, "\u{1F600}": 1, "\uFFFD": 2 };
  const python = '{"a":"翠湖 \\"x\\"\\n","b":[1,true,null],"é":{"y":"","z":-3},"\uFFFD":2,"\u{1F600}":1}';
  assert.equal(canonical(payload), python);
});

test("hash of a payload and of bytes", async () => {
  assert.equal(await hashOf({ a: 1 }), "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862");
  assert.equal(await sha256(new Uint8Array()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("a first answer keeps its moment, a failed one gets the severity of its item", () => {
  const first = changed(undefined, item("i"), ground, { verdict: "fail" }, moment);
  assert.deepEqual([first.verdict, first.severity, first.at, first.edits], ["fail", "major", moment.at, []]);
  assert.equal(first.key, answerKey("TK-1", "A", "i"));
});

test("a change of mind is kept in the log, a photo alone is none", () => {
  const first = changed(undefined, item("i"), ground, { verdict: "fail" }, moment);
  const worse = changed(first, item("i"), ground, { severity: "critical" }, later);
  assert.deepEqual(worse.edits, [{ at: later.at, verdict: "fail", severity: "major", note: "" }]);
  assert.equal(worse.at, moment.at, "the moment of the verdict stays");
  const passed = changed(worse, item("i"), ground, { verdict: "pass" }, later);
  assert.equal(passed.at, later.at);
  assert.equal(passed.edits.length, 2);
  const photo = { sha256: "s", taken_at: later.at, position: null, source: "camera" as const };
  assert.equal(changed(passed, item("i"), ground, { photos: [photo] }, later).edits.length, 2);
});

test("what an answer lacks", () => {
  const strict = item("i", { needs_photo: true, needs_value: true });
  assert.deepEqual(lacks(strict, undefined), ["verdict"]);
  assert.deepEqual(lacks(strict, answer("i")), ["value", "photo"]);
  assert.deepEqual(lacks(strict, answer("i", { verdict: "not_applicable" })), []);
  assert.deepEqual(lacks(item("i"), answer("i", { verdict: "fail" })), []);
  assert.equal(isRepeat(item("i", { repeats_90: { A: 3 } }), "A"), 3);
  assert.equal(isRepeat(item("i"), "A"), 0);
});

test("a place is found by its tag alone, in an address, or with a changing number behind it", () => {
  const places = [place("PT001"), place("PT002")];
  assert.equal(placeOfToken(" pt002 ", places)?.tag, "PT002");
  assert.equal(placeOfToken("https://example.org/p/PT001?x=1", places)?.tag, "PT001");
  assert.equal(placeOfToken("PT002.482913", places)?.tag, "PT002");
  assert.equal(placeOfToken("PT0020", places), undefined);
});

test("distances", () => {
  assert.equal(metresBetween(31.2304, 121.4737, 31.2304, 121.4737), 0);
  assert.equal(metresBetween(0, 0, 0, 1), 111_195);
  const here = positionOf({ latitude: 31.2304001, longitude: 121.4737, accuracy: 11.6 }, new Date(moment.at));
  assert.deepEqual(here, { lat: "31.230400", lon: "121.473700", accuracy: 12, at: moment.at });
  assert.equal(distanceTo(place("A", { lat: "31.2305", lon: "121.4737" }), here), 11);
  for (const unknown of [place("A"), place("A", { lat: "", lon: "" }), undefined]) assert.equal(distanceTo(unknown, here), null);
  assert.equal(distanceTo(place("A", { lat: 0, lon: 0 }), null), null);
});

test("progress over places and what comes next", () => {
  const list = checklist(item("i"), item("j", { needs_photo: true }));
  const answers = new Map([answer("i"), answer("j", { verdict: "fail" })].map((each) => [each.key, each]));
  assert.deepEqual(progressAt(task(), list, "A", answers), { total: 2, answered: 2, failed: 1, lacking: 1 });
  assert.deepEqual(progressOf(task(), list, answers), { total: 4, answered: 2, failed: 1, lacking: 1 });
  assert.equal(openItem(task(), list, "A", answers)?.key, "j");
  assert.equal(nextPlace(task(), list, "A", answers), "B");
  assert.equal(nextPlace(task(), list, "B", answers), "A", "an answer that lacks its photo is not whole");
  answers.set("TK-1|A|j", answer("j", { verdict: "not_applicable" }));
  assert.equal(nextPlace(task(), list, "B", answers), undefined);
  assert.equal(openItem(task(), list, "A", answers), undefined);
  assert.deepEqual(placesOf(task({ places: [] })), [""]);
  assert.deepEqual(progressOf(task({ places: [] }), undefined, answers), { total: 0, answered: 0, failed: 0, lacking: 0 });
});

test("texts fall back to their English source and fill their places", () => {
  speak("zh-hans", { "zh-hans": { "{count} to send": "{count} 项待传" } });
  assert.equal(t("{count} to send", { count: 3 }), "3 项待传");
  assert.equal(t("Unknown {thing}"), "Unknown {thing}");
  assert.equal(named({ name: "清单", name_en: "List" }), "清单");
  speak("en");
  assert.equal(spoken(), "en");
  assert.equal(t("{count} to send", { count: 3 }), "3 to send");
  assert.equal(named({ name: "清单", name_en: "List" }), "List");
  assert.equal(named({ name: "清单", name_en: "" }), "清单");
});

test("times are those of the estate, whatever the phone's zone", () => {
  speak("en");
  assert.equal(clock("2026-11-26T16:30:00Z"), "00:30");
  assert.equal(today(Date.parse("2026-11-26T16:30:00Z")), "2026-11-27");
  assert.match(exact("2026-11-26T16:30:00Z"), /27 Nov 2026.*00:30/);
  assert.match(day("2026-11-26"), /Thu.*26 Nov/);
  const now = Date.parse("2026-11-26T12:00:00Z");
  assert.equal(ago("2026-11-26T11:58:00Z", now), "2 minutes ago");
  assert.equal(ago("2026-11-26T09:00:00Z", now), "3 hours ago");
  assert.equal(ago("2026-11-24T12:00:00Z", now), "2 days ago");
  assert.equal(ago("2026-08-26T12:00:00Z", now), "3 months ago");
});

test("waiting grows, is spread, and ends at five minutes and a quarter", () => {
  assert.equal(backoff(0, 0), 3_750);
  assert.equal(backoff(1, 1), 12_500);
  assert.equal(backoff(99, 1), 375_000);
});

test("a full disk is recognised, also inside another error", () => {
  assert.ok(isDiskFull({ name: "QuotaExceededError" }));
  assert.ok(isDiskFull({ name: "AbortError", inner: { name: "QuotaExceededError" } }));
  assert.ok(!isDiskFull(new Error("else")));
  assert.ok(!isDiskFull(null));
});

test("a measured value is a number with at most three decimals, or nothing", () => {
  assert.deepEqual(["3,5", " -0.125 ", "12。5", ""].map(measured), ["3.5", "-0.125", "12.5", null]);
  assert.deepEqual(["a lot", "1.2345", "12345678901", "."].map(measured), [undefined, undefined, undefined, undefined]);
});
