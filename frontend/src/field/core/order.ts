// In which order things go up: a correction after what it corrects, the end of a round after its answers.
import { hashOf } from "./canonical";
import type { FieldDatabase } from "./db";
import { isUntouched, replacedBy } from "./queue";
import type { Envelope } from "./types";

const ANSWERS: ReadonlySet<string> = new Set(["inspections.answer", "inspections.form"]);

/** Whether something on this phone must reach the server before this one. */
export function waitsFor(envelope: Envelope, open: readonly Envelope[]): boolean {
  if (envelope.kind === "inspections.finish") {
    const task = envelope.payload["task"];
    return open.some((other) => ANSWERS.has(other.kind) && other.payload["task"] === task);
  }
  const replaced = replacedBy(envelope);
  return replaced !== "" && open.some((other) => other.id === replaced);
}

/** The same envelope; one that corrects what the server refused becomes the answer itself. */
export async function withoutRefused(database: FieldDatabase, envelope: Envelope): Promise<Envelope> {
  const replaced = replacedBy(envelope);
  const old = replaced && isUntouched(envelope) ? await database.envelopes.get(replaced) : undefined;
  if (old?.state !== "rejected") return envelope;
  const { replaces: _refused, ...payload } = envelope.payload;
  const further = replacedBy(old);
  const mended = further ? { ...payload, replaces: further } : payload;
  const sha256 = await hashOf(mended);
  return database.transaction("rw", database.envelopes, async () => {
    const current = await database.envelopes.get(envelope.id);
    if (!current || current.sha256 !== envelope.sha256 || !isUntouched(current)) return envelope;
    const changed = { ...current, payload: mended, sha256 };
    await database.envelopes.bulkPut([changed, { ...old, isAside: true }]);
    return changed;
  });
}
