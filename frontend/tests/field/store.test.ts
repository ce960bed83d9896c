import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256 } from "../../src/field/core/canonical";
import { FieldDatabase, PhoneDatabase, waitingOfOthers } from "../../src/field/core/db";
import { DiskFull, keepFile } from "../../src/field/core/photos";
import { KEEP_MS, prune, reopenAnswered } from "../../src/field/core/prune";
import { HOLD_MS, Queue } from "../../src/field/core/queue";
import { CHUNK, Sync } from "../../src/field/core/sync";
import { EMPTY_PACK, type Answer, type Photo } from "../../src/field/core/types";
import { answer, chances, freshDatabase, task, ToyServer } from "./helpers";

const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

async function picture(database: FieldDatabase, size: number, seed: number): Promise<Photo> {
  const bytes = new Uint8Array(size).map((_, index) => (index * 31 + seed) % 251);
  const sha = await sha256(bytes);
  await keepFile(database, sha, new Blob([bytes], { type: "image/jpeg" }), null);
  return { sha256: sha, taken_at: "2026-11-26T02:00:00.000Z", position: null, source: "camera" };
}

function phone(server: ToyServer, now: () => number = Date.now): { database: FieldDatabase; queue: Queue; sync: Sync } {
  const database = freshDatabase();
  return { database, queue: new Queue(database, undefined, now), sync: new Sync(database, server.send, "device", now) };
}

test("an act is kept together with what the screen shows, or not at all", async () => {
  const { database, queue } = phone(new ToyServer());
  const act = { kind: "inspections.checkin", payload: { task: "TK-1" }, files: [], subject: "s", at: "2026-11-26T02:00:00.000Z" };
  const { id } = await queue.put(act, () => database.done.put({ key: "s", kind: act.kind, at: act.at, envelope: "" }));
  assert.match(id, UUID7);
  assert.equal((await database.envelopes.get(id))?.state, "queued");
  await assert.rejects(queue.put(act, () => Promise.reject(new Error("beside broke"))));
  assert.equal(await database.envelopes.count(), 1);
  await queue.put(act);
  assert.equal(await database.envelopes.count(), 2, "a failure does not stop what comes after it");
});

test("a change of mind amends what nobody has tried to send", async () => {
  const { database, queue } = phone(new ToyServer());
  const first = await queue.answer(answer("i"));
  const second = await queue.answer(answer("i", { verdict: "fail", severity: "minor" }));
  assert.deepEqual([first.isNew, second.isNew, second.id], [true, false, first.id]);
  const kept = await database.envelopes.get(first.id);
  assert.deepEqual([kept?.payload["verdict"], kept?.payload["severity"]], ["fail", "minor"]);
  assert.ok(await queue.withdraw("TK-1|A|i"));
  assert.deepEqual([await database.envelopes.count(), await database.answers.count()], [0, 0]);
  assert.ok(!(await queue.withdraw("TK-1|A|i")));
});

test("after sending it becomes a correction that names the old one", async () => {
  const server = new ToyServer();
  const { database, queue, sync } = phone(server);
  const first = await queue.answer(answer("i"));
  await queue.release();
  assert.equal(await sync.run(), "done");
  assert.ok(!(await queue.withdraw("TK-1|A|i")), "too late to take it back");
  const second = await queue.answer(answer("i", { verdict: "fail", severity: "major" }));
  const third = await queue.answer(answer("i", { verdict: "pass" }));
  assert.equal(third.id, second.id);
  assert.equal((await database.envelopes.get(third.id))?.payload["replaces"], first.id);
  assert.ok(!(await queue.withdraw("TK-1|A|i")), "a correction cannot be withdrawn silently");
});

test("an answer is held back for a change of mind, then sent", async () => {
  let now = 1_000_000;
  const server = new ToyServer();
  const { queue, sync } = phone(server, () => now);
  await queue.answer(answer("i"));
  await sync.run();
  assert.equal(server.envelopes.size, 0);
  now += HOLD_MS;
  await sync.run();
  assert.equal(server.envelopes.size, 1);
});

test("photos go up in pieces, then the answer is applied, and the original leaves the phone", async () => {
  const server = new ToyServer();
  const { database, queue, sync } = phone(server);
  const photo = await picture(database, CHUNK * 2 + 17, 1);
  const { id } = await queue.answer(answer("i", { verdict: "fail", severity: "major", photos: [photo] }));
  await queue.release();
  assert.equal(await sync.run(), "done");
  assert.equal(server.calls.filter((call) => call.startsWith("PUT")).length, 3);
  assert.equal((await database.envelopes.get(id))?.state, "applied");
  const file = await database.files.get(photo.sha256);
  assert.deepEqual([file?.state, file?.blob, file?.received], ["done", null, CHUNK * 2 + 17]);
});

test("a broken line goes on where it stopped", async () => {
  let puts = 0;
  const server = new ToyServer((when, path) => when === "after" && path.includes("offset") && (puts += 1) === 2);
  const { database, queue, sync } = phone(server);
  const photo = await picture(database, CHUNK * 3, 2);
  await queue.answer(answer("i", { photos: [photo] }));
  await queue.release();
  assert.equal(await sync.run(), "offline");
  assert.equal(await sync.run(), "done");
  assert.equal(server.calls.filter((call) => call.startsWith("PUT")).length, 3, "no piece went up twice");
  assert.ok(server.whole.has(photo.sha256));
});

test("a refusal stays with its reason and can be sent once more", async () => {
  const server = new ToyServer();
  const { database, queue, sync } = phone(server);
  const { id } = await queue.answer(answer("i"));
  server.refused.set(id, "The contract has ended.");
  await queue.release();
  await sync.run();
  const refused = await database.envelopes.get(id);
  assert.deepEqual([refused?.state, refused?.reason?.title], ["rejected", "The contract has ended."]);
  server.refused.clear();
  const again = await queue.retry(id);
  await sync.run();
  assert.notEqual(again, id, "the server keeps its verdict on the old number");
  assert.equal((await database.envelopes.get(again))?.state, "applied");
  assert.equal((await database.answers.toCollection().first())?.envelope, again);
  assert.deepEqual([(await database.envelopes.get(id))?.isAside, await queue.retry(again)], [true, ""]);
});

test("what was refused and read is put aside and stays", async () => {
  const server = new ToyServer();
  const { database, queue, sync } = phone(server);
  const { id } = await queue.answer(answer("i"));
  server.refused.set(id, "no");
  await queue.release();
  await sync.run();
  await queue.putAside(id);
  assert.deepEqual([(await database.envelopes.get(id))?.state, (await database.envelopes.get(id))?.isAside], ["rejected", true]);
});

test("a value without a verdict is kept and not sent", async () => {
  const server = new ToyServer();
  const { database, queue, sync } = phone(server);
  await queue.answer(answer("i", { verdict: null, value: "3.5" }));
  await queue.release();
  await sync.run();
  assert.deepEqual([server.envelopes.size, (await database.answers.get("TK-1|A|i"))?.value], [0, "3.5"]);
  await queue.answer(answer("i", { value: "3.5" }));
  assert.equal(await database.envelopes.count(), 1);
});

test("what was given after a refusal is an answer of its own", async () => {
  const server = new ToyServer();
  const { database, queue, sync } = phone(server);
  const { id } = await queue.answer(answer("i"));
  server.refused.set(id, "no");
  await queue.release();
  await sync.run();
  const { id: next } = await queue.answer(answer("i", { verdict: "fail", severity: "minor" }));
  assert.equal((await database.envelopes.get(next))?.payload["replaces"], undefined);
  assert.equal((await database.envelopes.get(id))?.isAside, true);
});

test("a correction waits for what it corrects, and stands alone once that is refused", async () => {
  const server = new ToyServer();
  const { database, queue } = phone(server);
  const photo = await picture(database, CHUNK + 5, 8);
  const first = await queue.answer(answer("i", { verdict: "fail", severity: "minor", photos: [photo] }));
  await queue.release();
  const cut = (path: string, options: RequestInit = {}): Promise<Response> =>
    path.includes("files/") ? Promise.reject(new TypeError("line broken")) : server.send(path, options);
  assert.equal(await new Sync(database, cut, "device").run(), "offline");
  const second = await queue.answer(answer("i", { verdict: "pass" }));
  await queue.release();
  await new Sync(database, cut, "device").run();
  assert.equal((await database.envelopes.get(second.id))?.attempts, 0, "its photo is still on the way");
  const refusing = (path: string, options: RequestInit = {}): Promise<Response> =>
    options.method === "PUT" ? Promise.resolve(new Response(JSON.stringify({ title: "no picture" }), { status: 422 })) : server.send(path, options);
  assert.equal(await new Sync(database, refusing, "device").run(), "done");
  assert.deepEqual([(await database.envelopes.get(first.id))?.state, (await database.envelopes.get(first.id))?.isAside], ["rejected", true]);
  assert.deepEqual([server.envelopes.get(second.id)?.payload["replaces"], server.envelopes.get(second.id)?.state], [undefined, "applied"]);
});

test("the end of a round goes up after its answers and their photos", async () => {
  const server = new ToyServer();
  const { database, queue, sync } = phone(server);
  const photo = await picture(database, 20, 9);
  await queue.answer(answer("i", { verdict: "fail", severity: "minor", photos: [photo] }));
  await queue.put({ kind: "inspections.finish", payload: { task: "TK-1" }, files: [], subject: "finish|TK-1", at: "2026-11-26T02:00:00.000Z" });
  await sync.run();
  assert.equal(server.envelopes.size, 0, "the answer is still held back, so the end is too");
  await queue.release();
  assert.equal(await sync.run(), "done");
  assert.deepEqual([...server.envelopes.values()].map(({ payload }) => "item" in payload), [true, false]);
});

test("what the server refused has not happened", async () => {
  const server = new ToyServer();
  const { database, queue, sync } = phone(server);
  const at = "2026-11-26T02:00:00.000Z";
  const finish = { kind: "inspections.finish", payload: { task: "TK-1" }, files: [], subject: "finish|TK-1", at };
  const { id } = await queue.put(finish, (id) => database.done.put({ key: finish.subject, kind: finish.kind, at, envelope: id }));
  const come = { kind: "inspections.checkin", payload: { task: "TK-1", place: "A" }, files: [], subject: "TK-1|A", at };
  const visit = { key: come.subject, task: "TK-1", place: "A", method: "qr" as const, at, distance: null };
  const arrived = await queue.put(come, () => database.visits.put(visit));
  for (const refused of [id, arrived.id]) server.refused.set(refused, "no");
  await sync.run();
  assert.deepEqual([await database.done.count(), await database.visits.count()], [0, 0]);
  server.refused.clear();
  const again = await queue.retry(id);
  assert.equal((await database.done.get(finish.subject))?.envelope, again);
});

test("a finding that came back can be answered again", async () => {
  const { database, queue, sync } = phone(new ToyServer());
  const at = "2026-11-26T02:00:00.000Z";
  const reply = (code: string): Promise<unknown> => {
    const act = { kind: "inspections.reply", payload: { finding: code }, files: [], subject: `finding|${code}`, at };
    return queue.put(act, (id) => database.done.put({ key: act.subject, kind: act.kind, at, envelope: id }));
  };
  await reply("FD-1");
  await sync.run();
  await reply("FD-2");
  await reopenAnswered(database);
  assert.deepEqual(await database.done.toCollection().primaryKeys(), ["finding|FD-2"], "what is not sent yet stays answered");
});

test("one envelope that cannot be read does not block its neighbours", async () => {
  const server = new ToyServer();
  const odd = (options: RequestInit): boolean => String(options.body).includes("odd");
  const send = (path: string, options: RequestInit = {}): Promise<Response> =>
    odd(options) ? Promise.resolve(new Response(JSON.stringify({ title: "unreadable" }), { status: 422 })) : server.send(path, options);
  const { database, queue } = phone(server);
  await queue.answer(answer("i"));
  const { id } = await queue.answer(answer("j", { note: "odd" }));
  await queue.release();
  assert.equal(await new Sync(database, send, "device").run(), "done");
  assert.equal(server.envelopes.size, 1);
  assert.equal((await database.envelopes.get(id))?.reason?.title, "unreadable");
});

for (const [status, outcome] of [[401, "signed_out"], [403, "signed_out"], [429, "trouble"], [503, "trouble"], [404, "trouble"]] as const) {
  test(`answer ${status} means ${outcome} and loses nothing`, async () => {
    const { database, queue } = phone(new ToyServer());
    await queue.answer(answer("i"));
    await queue.release();
    const sync = new Sync(database, () => Promise.resolve(new Response("{}", { status })), "device");
    assert.equal(await sync.run(), outcome);
    assert.equal(await database.envelopes.where("state").equals("queued").count(), 1);
  });
}

test("a photo the server does not take is said and kept", async () => {
  const server = new ToyServer();
  const send = (path: string, options: RequestInit = {}): Promise<Response> =>
    options.method === "PUT" ? Promise.resolve(new Response(JSON.stringify({ title: "no picture" }), { status: 422 })) : server.send(path, options);
  const { database, queue } = phone(server);
  const photo = await picture(database, 10, 3);
  await queue.answer(answer("i", { photos: [photo] }));
  await queue.release();
  assert.equal(await new Sync(database, send, "device").run(), "done");
  const file = await database.files.get(photo.sha256);
  assert.deepEqual([file?.state, file?.reason, file?.blob === null], ["refused", "no picture", false]);
  const envelope = await database.envelopes.toCollection().first();
  assert.deepEqual([envelope?.state, envelope?.reason?.title], ["rejected", "no picture"]);
});

test("the pack is fetched once and again only when it changed", async () => {
  const { database } = phone(new ToyServer());
  let version = "1";
  const send = (_path: string, options: RequestInit = {}): Promise<Response> => {
    const known = new Headers(options.headers).get("If-None-Match");
    if (known === `"${version}"`) return Promise.resolve(new Response(null, { status: 304 }));
    const pack = { ...EMPTY_PACK, version, server_time: new Date().toISOString() };
    return Promise.resolve(new Response(JSON.stringify(pack), { headers: { ETag: `"${version}"` } }));
  };
  const sync = new Sync(database, send, "device");
  assert.equal((await sync.fetchPack())?.version, "1");
  assert.equal(await sync.fetchPack(), null);
  version = "2";
  assert.equal((await sync.fetchPack())?.version, "2");
  assert.equal((await database.read("pack", EMPTY_PACK)).version, "2");
  assert.equal(await new Sync(database, () => Promise.resolve(new Response("", { status: 404 })), "device").fetchPack(), null);
});

test("a full disk is an error of its own and leaves what was there", async () => {
  const { database } = phone(new ToyServer());
  const photo = await picture(database, 10, 4);
  const full = Object.assign(new Error("full"), { name: "QuotaExceededError" });
  database.files.hook("creating", () => {
    throw full;
  });
  await assert.rejects(picture(database, 11, 5), DiskFull);
  assert.ok(await database.files.get(photo.sha256));
});

test("other people's unsent work on this phone is counted", async () => {
  const mine = new FieldDatabase("anna");
  const theirs = new FieldDatabase("bert");
  await new Queue(theirs).answer(answer("i"));
  await mine.open();
  const found = await waitingOfOthers("anna");
  assert.deepEqual(found.filter(({ person }) => person === "bert"), [{ person: "bert", count: 1 }]);
  assert.ok(!found.some(({ person }) => person === "anna"));
});

test("the phone keeps its own number", async () => {
  const known = new PhoneDatabase();
  assert.equal(await known.text("device"), "");
  assert.equal(await known.settled("device", "first"), "first");
  assert.equal(await new PhoneDatabase().settled("device", "second"), "first");
});

test("only what is settled, old and off the list is forgotten", async () => {
  const now = Date.parse("2026-11-26T02:00:00Z");
  const old = new Date(now - KEEP_MS - 1).toISOString();
  const server = new ToyServer();
  const { database, queue, sync } = phone(server, () => now);
  const photo = await picture(database, 10, 6);
  const at = (code: string, at: string, photos: Photo[] = []): Answer => answer("i", { key: `${code}|A|i`, task: code, at, photos });
  for (const each of [at("GONE", old, [photo]), at("FRESH", new Date(now).toISOString()), at("LISTED", old)]) await queue.answer(each);
  await queue.release();
  await sync.run();
  await queue.answer(at("UNSENT", old));
  await database.visits.put({ key: "GONE|A", task: "GONE", place: "A", method: "qr", at: old, distance: null });
  await database.done.put({ key: "finish|GONE", kind: "inspections.finish", at: old, envelope: "" });
  const forgotten = await prune(database, { ...EMPTY_PACK, tasks: [task({ code: "LISTED" })] }, now);
  assert.equal(forgotten, 2);
  assert.deepEqual((await database.answers.orderBy("task").toArray()).map((row) => row.task), ["FRESH", "LISTED", "UNSENT"]);
  assert.deepEqual([await database.visits.count(), await database.done.count(), await database.files.count()], [0, 0, 0]);
});

// Any interleaving of answers, changes of mind, photos, lost requests, lost answers and closed browsers on two phones: at the end the
// server holds for each phone exactly what it shows, each thing once.
for (let seed = 1; seed <= 25; seed += 1) {
  test(`two phones on a bad line, course ${seed}`, async () => {
    const chance = chances(seed);
    let isBad = true;
    const server = new ToyServer(() => isBad && chance() < 0.3);
    const now = (): number => 2_000_000_000_000;
    const phones = [phone(server, now), phone(server, now)];
    const shown = [new Map<string, Answer>(), new Map<string, Answer>()];
    for (let step = 0; step < 60; step += 1) {
      const which = chance() < 0.5 ? 0 : 1;
      const { database, queue } = phones[which] as (typeof phones)[0];
      const mine = shown[which] as Map<string, Answer>;
      const dice = chance();
      if (dice < 0.6) {
        const name = `i${Math.floor(chance() * 12)}`;
        const photos = chance() < 0.25 ? [await picture(database, Math.floor(chance() * CHUNK * 1.5) + 1, step)] : [];
        const given = answer(name, { verdict: chance() < 0.5 ? "pass" : "fail", severity: "minor", note: `step ${step}`, photos });
        mine.set(given.key, given);
        await queue.answer(given);
      } else if (dice < 0.7) {
        const key = [...mine.keys()][0];
        if (key && (await queue.withdraw(key))) mine.delete(key);
      } else {
        if (chance() < 0.7) await queue.release();
        // A new object is what a closed and reopened browser has.
        await new Sync(database, server.send, `device-${which}`, now).run();
      }
    }
    isBad = false;
    for (const { database, queue } of phones) {
      await queue.release();
      assert.equal(await new Sync(database, server.send, "device", now).run(), "done");
    }
    const replaced = new Set([...server.envelopes.values()].map(({ payload }) => payload["replaces"]));
    const standing = [...server.envelopes.values()].filter(({ id }) => !replaced.has(id));
    assert.ok([...server.envelopes.values()].every(({ state }) => state === "applied"));
    const wanted = shown.flatMap((mine) => [...mine.values()].map(({ item, note, verdict }) => `${item} ${verdict} ${note}`)).sort();
    assert.deepEqual(standing.map(({ payload }) => `${String(payload["item"])} ${String(payload["verdict"])} ${String(payload["note"])}`).sort(), wanted);
    for (const { database } of phones) assert.equal(await database.envelopes.where("state").notEqual("applied").count(), 0);
  });
}
