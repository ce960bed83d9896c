import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "./forms.json";
import { imagesOf, leaves, rowsOf, weigh, type Answers, type Form } from "../../src/field/core/forms";
import { asNumber, asText, evaluate, type Tree, type Value } from "../../src/field/core/xpath";

const form = vectors.form as unknown as Form;
const seen = new Map(Object.entries(vectors.values as Record<string, Value>));

function plain(value: Value): unknown {
  if (typeof value !== "number" || Number.isFinite(value)) return value;
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

test("expressions come out as on the server", () => {
  for (const { text, tree, value } of vectors.expressions)
    assert.deepEqual(plain(evaluate(tree as unknown as Tree, { values: seen, current: "7", today: vectors.today })), value, text);
});

test("answers are weighed as on the server", () => {
  for (const { given, values, faults } of vectors.answers) {
    const found = weigh(form, given as Answers, vectors.today);
    assert.deepEqual(Object.fromEntries(found.faults), faults, JSON.stringify(given));
    if (!Object.keys(faults).length) assert.deepEqual(found.values, values, JSON.stringify(given));
  }
});

test("what is asked follows the answers", () => {
  const before = weigh(form, { "floors.handrail": "pass" }, vectors.today).asked;
  assert.ok(before.has("floors.handrail") && before.has("intro") && !before.has("floors.handrail.photo") && !before.has("rooms"));
  const after = weigh(form, { "floors.handrail": "fail", people: "1", rooms: [{}, {}] }, vectors.today).asked;
  assert.ok(after.has("floors.handrail.photo") && after.has("rooms/1/area"));
});

test("photos of a form, also inside repeats, each once", () => {
  const sha = "a".repeat(64);
  const values = { "floors.handrail.photo": sha, rooms: [{ photo: sha }, { photo: "b".repeat(64) }] };
  assert.deepEqual(imagesOf(form.questions, values), [sha, "b".repeat(64)]);
  assert.deepEqual(rowsOf({ rooms: "x" }, "rooms"), []);
  assert.ok(leaves(form.questions).every((question) => question.kind !== "note" && question.kind !== "group"));
});

test("a pattern this browser does not know is left to the server", () => {
  const tree: Tree = ["call", "regex", ["text", "a"], ["text", "(?P<x>a)"]];
  assert.equal(evaluate(tree, { values: new Map(), current: "", today: vectors.today }), true);
  assert.equal(asText(1.5e-7), "0.00000015");
  assert.equal(asText(-1e21), "-1000000000000000000000");
  assert.ok(Number.isNaN(asNumber("2026-13-01")));
});
