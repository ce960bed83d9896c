import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { judgeFence } from "../../src/field/core/fence";
import { speak } from "../../src/field/core/text";
import { fenceWords } from "../../src/field/parts/words";
import { post } from "./helpers";

// The post stands at the origin of a degree that is 111 m long for each thousandth of latitude.
const at = (latitude: string, accuracy = 9) => ({ lat: latitude, lon: "121.473700", accuracy });
const strict = post({ fence: "block" });

function chinese(): Record<string, string> {
  const catalogue = readFileSync("../src/duban/project/locale/zh_Hans/LC_MESSAGES/django.po", "utf8");
  const texts: Record<string, string> = {};
  for (const [, id = "", text = ""] of catalogue.matchAll(/^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)/gm)) {
    texts[joined(id)] = joined(text);
  }
  return texts;
}

function joined(quoted: string): string {
  return quoted.split("\n").map((line) => line.trim().slice(1, -1)).join("");
}

test("a check-in inside the circle is taken, whatever the rule", () => {
  for (const fence of ["ignore", "exception", "block"] as const) assert.equal(judgeFence(post({ fence }), at("31.230900")), null);
});

test("outside the circle the rule of the post decides", () => {
  const far = at("31.260400");
  assert.equal(judgeFence(post({ fence: "ignore" }), far), null);
  assert.deepEqual(judgeFence(post(), far), { verdict: "exception", reason: "outside", metres: 3336, radius: 60 });
  assert.equal(judgeFence(strict, far)?.verdict, "refused");
});

test("the accuracy of the phone is granted to the person, up to 100 m", () => {
  const near = "31.231750";
  assert.equal(judgeFence(post(), at(near, 9))?.metres, 150);
  assert.equal(judgeFence(post(), at(near, 95)), null);
  assert.equal(judgeFence(post(), at("31.232000", 5000))?.metres, 178);
});

test("without a position it is an exception; a post without a circle asks only for one", () => {
  assert.deepEqual(judgeFence(post(), null), { verdict: "exception", reason: "no_position", metres: null, radius: 60 });
  assert.equal(judgeFence(post({ lat: null, lon: null }), at("31.260400")), null);
  assert.equal(judgeFence(post({ radius_m: null }), null)?.radius, 100);
  assert.equal(judgeFence(post(), { ...at("31.230400"), is_mock: true })?.reason, "mock");
});

test("the exception is said in plain words: what, how far, what happens next", () => {
  const note = judgeFence(post(), at("31.260400"));
  assert.ok(note);
  speak("en");
  assert.deepEqual(fenceWords(note), {
    title: "Taken as an exception",
    why: "You are 3.3 km from the post; 60 m are allowed.",
    next: "The shift is under review until the office decides. Check in again at the post and it counts at once.",
  });
  assert.equal(fenceWords({ ...note, verdict: "refused" }).title, "This check-in will be sent back");
  assert.match(fenceWords({ ...note, reason: "no_position", metres: null }).why, /did not tell its position/);
  assert.match(fenceWords({ ...note, reason: "mock" }).why, /simulated/);
});

test("and in Chinese, with the same figures", () => {
  speak("zh-hans", { "zh-hans": chinese() });
  const note = judgeFence(post(), at("31.260400"));
  assert.ok(note);
  const { title, why, next } = fenceWords(note);
  assert.equal(title, "已接收，记为异常");
  assert.equal(why, "距岗位 3.3 公里，允许 60 米。");
  assert.equal(next, "该班次待管理方复核；到岗位处重新打卡即可直接计入。");
  const refused = fenceWords({ ...note, verdict: "refused" });
  for (const text of [refused.title, refused.next]) assert.match(text, /[一-鿿]/);
  speak("en", {});
});
