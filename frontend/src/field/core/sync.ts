// Bring the queue to the server: small batches, resumable files, any order, as often as needed.
import type { FieldDatabase } from "./db";
import { waitsFor, withoutRefused } from "./order";
import { UNSENT } from "./queue";
import type { Envelope, Pack, Reason, StoredFile } from "./types";

export const BATCH = 50;
export const CHUNK = 256 * 1024;
const TURNS = 3;
export const BASE = "/api/v1/field/";

export type Outcome = "done" | "offline" | "signed_out" | "other_person" | "trouble";
export type Send = (path: string, options?: RequestInit) => Promise<Response>;

interface Result {
  id: string;
  state: "applied" | "waiting" | "rejected";
  is_new: boolean;
  reason: Reason | null;
  record: string;
}

class Stopped extends Error {
  constructor(readonly outcome: Outcome) {
    super(outcome);
  }
}

export class Sync {
  constructor(
    private readonly database: FieldDatabase,
    private readonly send: Send,
    private readonly device: string,
    private readonly now: () => number = Date.now,
    private readonly progress: () => void = () => undefined,
  ) {}

  /** One complete attempt; what it could not do stays for the next one. */
  async run(): Promise<Outcome> {
    try {
      await this.sendEnvelopes(await this.ready());
      await this.sendFiles();
      await this.sendEnvelopes(await this.complete());
      // What waited for these: corrections of them, then the end of the round.
      for (let turn = 0; turn < TURNS; turn += 1) await this.sendEnvelopes(await this.ready());
      await this.forgetOriginals();
      return "done";
    } catch (error) {
      if (error instanceof Stopped) return error.outcome;
      throw error;
    }
  }

  /** Fetch the pack if it changed. */
  async fetchPack(): Promise<Pack | null> {
    const known = await this.database.read<string>("pack_etag", "");
    const answer = await this.request("pack", known ? { headers: { "If-None-Match": known }, cache: "no-store" } : {});
    if (answer.status === 304) return null;
    if (!answer.ok) return null;
    const pack = (await answer.json()) as Pack;
    await this.database.write("pack", pack);
    await this.database.write("pack_etag", answer.headers.get("ETag") ?? "");
    await this.noteClock(pack.server_time);
    return pack;
  }

  private async ready(): Promise<Envelope[]> {
    const open = await this.database.envelopes.where("state").anyOf(...UNSENT).toArray();
    const ready = open.filter((envelope) => envelope.state === "queued" && envelope.ready_at <= this.now() && !waitsFor(envelope, open));
    const mended = [];
    for (const envelope of ready) mended.push(await withoutRefused(this.database, envelope));
    return mended;
  }

  private async complete(): Promise<Envelope[]> {
    const waiting = await this.database.envelopes.where("state").equals("waiting").toArray();
    const done = new Set(await this.database.files.where("state").equals("done").primaryKeys());
    return waiting.filter((envelope) => envelope.files.every((sha) => done.has(sha)));
  }

  private async sendEnvelopes(envelopes: Envelope[]): Promise<void> {
    for (let start = 0; start < envelopes.length; start += BATCH) {
      await this.sendBatch(envelopes.slice(start, start + BATCH));
    }
  }

  private async sendBatch(candidates: Envelope[]): Promise<void> {
    const batch = await this.claim(candidates);
    if (!batch.length) return;
    const answer = await this.request("envelopes", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ device: this.device, sent_at: new Date(this.now()).toISOString(), envelopes: batch.map(wire) }),
    });
    if (answer.ok) {
      const { server_time, results } = (await answer.json()) as { server_time: string; results: Result[] };
      await this.keep(results);
      await this.noteClock(server_time);
      this.progress();
    } else if (answer.status === 413 || answer.status === 422 || answer.status === 400) {
      await this.sendSingly(batch, answer);
    } else {
      throw new Stopped("trouble");
    }
  }

  // The server could not even read the batch: find the one it cannot read, so that it does not block its neighbours.
  private async sendSingly(batch: Envelope[], answer: Response): Promise<void> {
    if (batch.length > 1) {
      for (const envelope of batch) await this.sendBatch([envelope]);
      return;
    }
    const problem = (await answer.json().catch(() => ({}))) as Partial<Reason> & { detail?: string };
    const reason = { code: problem.code ?? String(answer.status), title: problem.title ?? problem.detail ?? "", errors: problem.errors ?? [] };
    for (const envelope of batch) await this.database.envelopes.update(envelope.id, { state: "rejected", reason });
    this.progress();
  }

  // What is read again inside the transaction is what goes out: an amendment either comes before or becomes a correction.
  private async claim(candidates: Envelope[]): Promise<Envelope[]> {
    return this.database.transaction("rw", this.database.envelopes, async () => {
      const current = await this.database.envelopes.bulkGet(candidates.map((envelope) => envelope.id));
      const claimed = current.filter((envelope) => envelope !== undefined && UNSENT.some((state) => state === envelope.state));
      const marked = claimed.map((envelope) => ({ ...(envelope as Envelope), attempts: (envelope as Envelope).attempts + 1 }));
      await this.database.envelopes.bulkPut(marked);
      return marked;
    });
  }

  private async keep(results: Result[]): Promise<void> {
    await this.database.transaction("rw", this.database.envelopes, this.database.done, this.database.visits, async () => {
      for (const { id, state, reason, record } of results) {
        await this.database.envelopes.update(id, { state, reason, record });
        if (state === "rejected") await undone(this.database, id);
      }
    });
  }

  private async sendFiles(): Promise<void> {
    for (const sha of await this.database.files.where("state").equals("queued").primaryKeys()) {
      const file = await this.database.files.get(sha);
      if (file?.blob) await this.sendFile(file, file.blob);
      this.progress();
    }
  }

  private async sendFile(file: StoredFile, blob: Blob): Promise<void> {
    let offset = await this.receivedOf(file.sha256);
    let restarts = 0;
    while (offset < file.size) {
      const query = `offset=${offset}&size=${file.size}&type=${encodeURIComponent(file.type)}`;
      const answer = await this.request(`files/${file.sha256}?${query}`, {
        method: "PUT",
        headers: { "Content-Type": "application/octet-stream" },
        body: await blob.slice(offset, offset + CHUNK).arrayBuffer(),
      });
      if (answer.ok) offset = ((await answer.json()) as { received: number }).received;
      else if (answer.status === 409) offset = await this.receivedOf(file.sha256);
      else if (answer.status === 422 && (restarts += 1) <= 1) offset = 0;
      else return this.refuse(file, answer);
      await this.database.files.update(file.sha256, { received: offset });
    }
    await this.database.files.update(file.sha256, { state: "done", received: file.size });
  }

  private async receivedOf(sha: string): Promise<number> {
    const answer = await this.request(`files/${sha}`);
    if (answer.status === 404) return 0;
    if (!answer.ok) throw new Stopped("trouble");
    const { received, size, is_complete } = (await answer.json()) as { received: number; size: number; is_complete: boolean };
    return is_complete ? Math.max(received, size) : received;
  }

  private async refuse(file: StoredFile, answer: Response): Promise<void> {
    if (answer.status >= 500) throw new Stopped("trouble");
    const problem = (await answer.json().catch(() => ({}))) as { title?: string };
    const title = problem.title ?? String(answer.status);
    await this.database.transaction("rw", this.database.files, this.database.envelopes, async () => {
      await this.database.files.update(file.sha256, { state: "refused", reason: title });
      // Its record would wait for good; now the person sees why and can give it without this photo.
      await this.database.envelopes
        .where("state")
        .equals("waiting")
        .filter((envelope) => envelope.files.includes(file.sha256))
        .modify({ state: "rejected", reason: { code: "file", title, errors: [] } });
    });
  }

  // The server holds the original now; the phone keeps the display copy only and gets its space back.
  private async forgetOriginals(): Promise<void> {
    const open = await this.database.envelopes.where("state").anyOf(...UNSENT).toArray();
    const needed = new Set(open.flatMap((envelope) => envelope.files));
    await this.database.files
      .where("state")
      .equals("done")
      .filter((file) => file.blob !== null && !needed.has(file.sha256))
      .modify({ blob: null });
  }

  private async request(path: string, options: RequestInit = {}): Promise<Response> {
    let answer: Response;
    try {
      answer = await this.send(BASE + path, { credentials: "same-origin", redirect: "manual", ...options });
    } catch {
      throw new Stopped("offline");
    }
    if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") throw new Stopped("signed_out");
    if (answer.status >= 500 || answer.status === 429) throw new Stopped("trouble");
    return answer;
  }

  private async noteClock(serverTime: string): Promise<void> {
    await this.database.write("clock_gap", Date.parse(serverTime) - this.now());
    await this.database.write("synced_at", this.now());
  }
}

// What the server refused has not happened: the button is there again.
async function undone(database: FieldDatabase, id: string): Promise<void> {
  const envelope = await database.envelopes.get(id);
  if (!envelope) return;
  const done = await database.done.get(envelope.subject);
  if (done?.envelope === id) await database.done.delete(envelope.subject);
  if (envelope.kind === "inspections.checkin") await database.visits.delete(envelope.subject);
}

function wire({ id, kind, version, captured_at, payload, sha256 }: Envelope): object {
  return { id, kind, version, captured_at, payload, sha256 };
}

/** How long to wait after so many failures: 5 s doubling to 5 min, spread so that a whole team does not come back at once. */
export function backoff(failures: number, chance: number = Math.random()): number {
  return Math.min(300_000, 5_000 * 2 ** Math.min(failures, 6)) * (0.75 + chance / 2);
}
