// What the phone may forget: only what the server has settled, is long past and is not on the person's list any more.
import type { FieldDatabase } from "./db";
import type { Envelope, Pack } from "./types";

export const KEEP_MS = 14 * 24 * 60 * 60_000;

export async function prune(database: FieldDatabase, pack: Pack, now: number = Date.now()): Promise<number> {
  const before = new Date(now - KEEP_MS).toISOString();
  const listed = new Set(pack.tasks.map((task) => task.code));
  return database.transaction("rw", database.tables, async () => {
    const open = new Set((await database.envelopes.where("state").notEqual("applied").toArray()).map((envelope) => envelope.subject));
    const old = (row: { at: string }, subject: string): boolean => row.at < before && !open.has(subject);
    const isGone = (task: string): boolean => !listed.has(task);
    const answers = await database.answers.filter((row) => isGone(row.task) && old(row, row.key)).toArray();
    const kept = await database.answers.filter((row) => !(isGone(row.task) && old(row, row.key))).toArray();
    const needed = new Set(kept.flatMap((row) => row.photos.map((photo) => photo.sha256)));
    const shas = answers.flatMap((row) => row.photos.map((photo) => photo.sha256)).filter((sha) => !needed.has(sha));
    await database.answers.bulkDelete(answers.map((row) => row.key));
    await database.thumbs.bulkDelete(shas);
    const done = await database.files.bulkGet(shas);
    await database.files.bulkDelete(done.filter((file) => file?.state === "done").map((file) => (file as { sha256: string }).sha256));
    await database.visits.filter((row) => isGone(row.task) && old(row, row.key)).delete();
    await database.done.filter((row) => old(row, row.key)).delete();
    const isSettled = (row: Envelope): boolean => row.state === "applied" || (row.state === "rejected" && row.isAside === true);
    return database.envelopes.filter((row) => isSettled(row) && row.captured_at < before).delete();
  });
}

/** A finding that is on the list although it was answered is a new turn: it came back, or the answer was refused. */
export async function reopenAnswered(database: FieldDatabase): Promise<void> {
  await database.transaction("rw", database.done, database.envelopes, async () => {
    const answered = await database.done.where("key").startsWith("finding|").toArray();
    const sent = await database.envelopes.bulkGet(answered.map((row) => row.envelope));
    const over = answered.filter((_, index) => !["queued", "waiting"].includes(sent[index]?.state ?? ""));
    await database.done.bulkDelete(over.map((row) => row.key));
  });
}
