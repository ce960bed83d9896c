// A database in memory, a server that can lose answers, and the smallest things of a pack.
import "fake-indexeddb/auto";
import { createHash } from "node:crypto";
import { canonical, type Json } from "../../src/field/core/canonical";
import { FieldDatabase } from "../../src/field/core/db";
import type { Answer, Checklist, Item, PatrolRoute, Place, Post, Task } from "../../src/field/core/types";

let count = 0;

export function freshDatabase(): FieldDatabase {
  count += 1;
  return new FieldDatabase(`test-${count}`);
}

export function item(key: string, more: Partial<Item> = {}): Item {
  const texts = { number: "", name: key, name_en: "", frequency: "", target: "", unit: "", method: "" };
  const flags = { is_red_line: false, needs_photo: false, needs_value: false };
  return { key, ...texts, severity: "major", ...flags, good_picture: "", bad_picture: "", repeats_90: {}, ...more };
}

export function checklist(...items: Item[]): Checklist {
  return { code: "CL-1", version: 1, name: "清单", name_en: "List", items, form: null };
}

export function task(more: Partial<Task> = {}): Task {
  const names = { title: "Round", line: "L", line_name: "L", estate: "E", estate_name: "E", service_line: "cleaning" };
  const window = { due_on: "2026-11-26", window_from: null, window_to: null };
  const rules = { is_announced: true, needs_checkin: true, gallery_allowed: false, signature_needed: false };
  return { code: "TK-1", ...names, checklist: "CL-1", ...window, ...rules, places: ["A", "B"], state: "open", ...more };
}

export function place(tag: string, more: Partial<Place> = {}): Place {
  return { tag, name: tag, parent: null, estate: "E", path_name: tag, lat: null, lon: null, radius_m: null, rotating: false, ...more };
}

export function post(more: Partial<Post> = {}): Post {
  const names = { name: "East gate", estate: "E", estate_name: "E", service_line: "security", place: "A", heads: "1" };
  return { code: "PO-1", ...names, fence: "exception", lat: "31.230400", lon: "121.473700", radius_m: 60, ...more };
}

/** A round of two points that begins at this hour of 27 November and is walked in an hour. */
export function round(code: string, hour: number, more: Partial<PatrolRoute> = {}): PatrolRoute {
  const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 27, hour, minutes)).toISOString();
  const points = ["A", "B"].map((tag, order) => ({ place: tag, order, window_from: at(order * 30), window_to: at(order * 30 + 30) }));
  return { code, name: "Night", estate: "E", day: "2026-11-27", points, ...more };
}

export function answer(item: string, more: Partial<Answer> = {}): Answer {
  const ground = { task: "TK-1", place: "A", checklist: "CL-1", at: "2026-11-26T02:00:00.000Z", position: null };
  const given = { verdict: "pass" as const, severity: null, value: null, note: "", photos: [], edits: [], envelope: "" };
  return { key: `TK-1|A|${item}`, item, ...ground, ...given, ...more };
}

interface Sent {
  id: string;
  payload: Record<string, Json>;
  sha256: string;
}

/** The server's side of the protocol in memory; `fault` decides before and after each call whether the line breaks. */
export class ToyServer {
  readonly envelopes = new Map<string, Sent & { state: string }>();
  readonly files = new Map<string, Buffer>();
  readonly whole = new Set<string>();
  readonly refused = new Map<string, string>();
  calls: string[] = [];

  constructor(private readonly fault: (when: "before" | "after", path: string) => boolean = () => false) {}

  send = async (path: string, options: RequestInit = {}): Promise<Response> => {
    this.calls.push(`${options.method ?? "GET"} ${path}`);
    if (this.fault("before", path)) throw new TypeError("line broken");
    const answer = await this.answer(path.replace("/api/v1/field/", ""), options);
    if (this.fault("after", path)) throw new TypeError("line broken");
    return answer;
  };

  private async answer(path: string, options: RequestInit): Promise<Response> {
    if (path === "envelopes") return this.take(JSON.parse(String(options.body)) as { envelopes: Sent[] });
    const [, sha = "", query = ""] = /^files\/(\w+)\??(.*)$/.exec(path) ?? [];
    if (sha && options.method === "PUT") return this.chunk(sha, new URLSearchParams(query), Buffer.from(options.body as ArrayBuffer));
    if (sha) return json({ received: this.files.get(sha)?.length ?? 0, size: 0, is_complete: this.whole.has(sha) });
    return json({}, 404);
  }

  private take({ envelopes }: { envelopes: Sent[] }): Response {
    const results = envelopes.map((sent) => {
      const known = this.envelopes.get(sent.id);
      if (known && known.sha256 !== sent.sha256) return result(sent.id, "rejected", { code: "changed", title: "changed", errors: [] });
      if (createHash("sha256").update(canonical(sent.payload)).digest("hex") !== sent.sha256) throw new Error("hash does not fit the payload");
      const reason = this.refused.get(sent.id);
      const missing = shas(sent.payload).some((sha) => !this.whole.has(sha));
      const state = reason ? "rejected" : missing ? "waiting" : "applied";
      this.envelopes.set(sent.id, { ...sent, state });
      return result(sent.id, state, reason ? { code: "refused", title: reason, errors: [] } : null);
    });
    return json({ server_time: new Date().toISOString(), results });
  }

  private chunk(sha: string, query: URLSearchParams, bytes: Buffer): Response {
    const before = this.files.get(sha) ?? Buffer.alloc(0);
    const offset = Number(query.get("offset"));
    if (offset !== before.length && offset !== 0) return json({ received: before.length, is_complete: false }, 409);
    const after = Buffer.concat([before.subarray(0, offset), bytes]);
    this.files.set(sha, after);
    if (after.length < Number(query.get("size"))) return json({ received: after.length, is_complete: false });
    if (createHash("sha256").update(after).digest("hex") !== sha) {
      this.files.delete(sha);
      return json({ title: "wrong hash" }, 422);
    }
    this.whole.add(sha);
    return json({ received: after.length, is_complete: true });
  }
}

function shas(payload: Record<string, Json>): string[] {
  const photos = (payload["photos"] ?? []) as { sha256: string }[];
  const signature = payload["signature"];
  return [...photos.map((photo) => photo.sha256), ...(typeof signature === "string" ? [signature] : [])];
}

function result(id: string, state: string, reason: object | null): object {
  return { id, state, is_new: true, reason, record: "" };
}

function json(body: object, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}

/** Numbers that look random and are the same in every run. */
export function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
