// Every act becomes an envelope at once. While nobody has tried to send it, a change of mind amends it; afterwards it is
// corrected by a new envelope that names the old one.
import { v7 as uuid7 } from "uuid";
import { hashOf, type Json } from "./canonical";
import type { FieldDatabase } from "./db";
import type { Answer, Envelope, Photo } from "./types";

export const HOLD_MS = 20_000;
/** Kinds of which the screen remembers that they are done for their subject. */
const DONE_ONCE: ReadonlySet<string> = new Set([
  "inspections.finish",
  "inspections.reply",
  "inspections.recheck",
  "attendance.punch",
  "attendance.patrol",
]);

export const UNSENT = ["queued", "waiting"] as const;

export interface Act {
  kind: string;
  payload: Record<string, Json>;
  files: string[];
  subject: string;
  at: string;
  holdMs?: number;
}

export type Put = { id: string; isNew: boolean };

export class Queue {
  private chain: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: FieldDatabase,
    private readonly changed: () => void = () => undefined,
    private readonly now: () => number = Date.now,
  ) {}

  /** Put one act into the queue; `beside` is written in the same transaction, so that neither is there without the other. */
  put(act: Act, beside: (id: string) => Promise<unknown> = () => Promise.resolve()): Promise<Put> {
    return this.inTurn(async () => {
      const id = uuid7();
      const envelope = await this.made(id, act);
      await this.database.transaction("rw", this.database.tables, async () => {
        await this.database.envelopes.add(envelope);
        await beside(id);
      });
      return { id, isNew: true };
    });
  }

  /** Keep an answer: amend its envelope while it is unsent, else correct it by a new one. */
  answer(answer: Answer): Promise<Put> {
    return this.inTurn(async () => {
      const known = await this.database.answers.get(answer.key);
      const before = known?.envelope ? await this.database.envelopes.get(known.envelope) : undefined;
      if (!answer.verdict) return this.keepUnsent(answer, before?.id ?? "");
      const isFree = before !== undefined && isUntouched(before);
      const replaced = isFree ? replacedBy(before) : await this.standing(before);
      const id = isFree ? before.id : uuid7();
      const envelope = await this.made(id, answerAct(answer, replaced));
      const written = await this.database.transaction("rw", this.database.envelopes, this.database.answers, async () => {
        const current = isFree ? await this.database.envelopes.get(id) : undefined;
        if (isFree && (!current || !isUntouched(current))) return false;
        await this.database.envelopes.put(envelope);
        await this.database.answers.put({ ...answer, envelope: id });
        return true;
      });
      if (written) return { id, isNew: !isFree };
      const correction = await this.made(uuid7(), answerAct(answer, id));
      await this.database.transaction("rw", this.database.envelopes, this.database.answers, async () => {
        await this.database.envelopes.add(correction);
        await this.database.answers.put({ ...answer, envelope: correction.id });
      });
      return { id: correction.id, isNew: true };
    });
  }

  // A value or a note without a verdict is no answer yet.
  private async keepUnsent(answer: Answer, envelope: string): Promise<Put> {
    await this.database.answers.put({ ...answer, envelope });
    return { id: envelope, isNew: false };
  }

  /** What a correction names: the last answer the server has or may have. What it refused never was one. */
  private async standing(before: Envelope | undefined): Promise<string> {
    if (before?.state !== "rejected") return before?.id ?? "";
    await this.database.envelopes.update(before.id, { isAside: true });
    return replacedBy(before);
  }

  /** Take an answer back that was never sent. False if it is too late for that. */
  withdraw(key: string): Promise<boolean> {
    return this.inTurn(async () =>
      this.database.transaction("rw", this.database.envelopes, this.database.answers, async () => {
        const answer = await this.database.answers.get(key);
        const envelope = answer ? await this.database.envelopes.get(answer.envelope) : undefined;
        if (!envelope || !isUntouched(envelope) || replacedBy(envelope)) return false;
        await this.database.envelopes.delete(envelope.id);
        await this.database.answers.delete(key);
        return true;
      }),
    );
  }

  /** Let go of everything that is held back for a change of mind. */
  release(): Promise<unknown> {
    return this.inTurn(() => this.database.envelopes.where("state").equals("queued").modify({ ready_at: 0 }));
  }

  /** Send what was refused once more, as a new envelope: the server keeps its verdict on the old one for good. */
  retry(id: string): Promise<string> {
    return this.inTurn(() =>
      this.database.transaction("rw", this.database.tables, async () => {
        const old = await this.database.envelopes.get(id);
        if (old?.state !== "rejected") return "";
        const fresh: Envelope = { ...old, id: uuid7(), state: "queued", ready_at: 0, attempts: 0, reason: null, record: "", isAside: false };
        await this.database.envelopes.add(fresh);
        await this.database.envelopes.update(id, { isAside: true });
        const answer = await this.database.answers.get(old.subject);
        if (answer?.envelope === id) await this.database.answers.update(old.subject, { envelope: fresh.id });
        if (DONE_ONCE.has(old.kind))
          await this.database.done.put({ key: old.subject, kind: old.kind, at: old.captured_at, envelope: fresh.id });
        return fresh.id;
      }),
    );
  }

  /** The person has read why it was refused. It stays in the list, but asks for nothing any more. */
  putAside(id: string): Promise<unknown> {
    return this.inTurn(() => this.database.envelopes.update(id, { isAside: true }));
  }

  private async made(id: string, act: Act): Promise<Envelope> {
    const sha256 = await hashOf(act.payload);
    return {
      id,
      kind: act.kind,
      version: 1,
      captured_at: act.at,
      payload: act.payload,
      sha256,
      files: act.files,
      subject: act.subject,
      state: "queued",
      ready_at: act.holdMs ? this.now() + act.holdMs : 0,
      attempts: 0,
      reason: null,
      record: "",
    };
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.chain.then(work);
    this.chain = turn.catch(() => undefined);
    void turn.then(this.changed, () => undefined);
    return turn;
  }
}

export function isUntouched(envelope: Envelope): boolean {
  return envelope.state === "queued" && envelope.attempts === 0;
}

export function answerAct(answer: Answer, replaces: string): Act {
  const payload: Record<string, Json> = {
    task: answer.task,
    place: answer.place,
    item: answer.item,
    checklist: answer.checklist,
    verdict: answer.verdict,
    severity: answer.verdict === "fail" ? answer.severity : null,
    value: answer.value,
    note: answer.note,
    at: answer.at,
    position: answer.position,
    photos: answer.photos,
    edits: answer.edits,
  };
  if (replaces) payload["replaces"] = replaces;
  const files = answer.photos.map((photo: Photo) => photo.sha256);
  return { kind: "inspections.answer", payload, files, subject: answer.key, at: answer.at, holdMs: HOLD_MS };
}

export function replacedBy(envelope: Envelope): string {
  const found = envelope.payload["replaces"];
  return typeof found === "string" ? found : "";
}
