// One database for each person who signs in on this phone: nobody sends or sees what another has captured.
import Dexie, { type DexieOptions, type Table } from "dexie";
import type { Answer, Done, Envelope, StoredFile, Thumb, Visit } from "./types";

export interface Meta {
  key: string;
  value: unknown;
}

const PREFIX = "duban-field-";

// An empty battery is no excuse: what the screen has accepted is on the disk, not in a buffer of the browser.
const DURABLE: DexieOptions = { chromeTransactionDurability: "strict" };

export class FieldDatabase extends Dexie {
  meta!: Table<Meta, string>;
  answers!: Table<Answer, string>;
  envelopes!: Table<Envelope, string>;
  files!: Table<StoredFile, string>;
  thumbs!: Table<Thumb, string>;
  visits!: Table<Visit, string>;
  done!: Table<Done, string>;

  constructor(person: string) {
    super(PREFIX + person, DURABLE);
    this.version(1).stores({
      meta: "key",
      answers: "key, task, [task+place]",
      envelopes: "id, state, subject",
      files: "sha256, state",
      thumbs: "sha256",
      visits: "key, task",
      done: "key",
    });
  }

  async read<T>(key: string, otherwise: T): Promise<T> {
    const row = await this.meta.get(key);
    return row === undefined ? otherwise : (row.value as T);
  }

  async write(key: string, value: unknown): Promise<void> {
    await this.meta.put({ key, value });
  }
}

/** What the phone knows before anybody is: who was here last, and its own number. Local storage is written too late for a kill. */
export class PhoneDatabase extends Dexie {
  facts!: Table<Meta, string>;

  constructor() {
    super("duban-phone", DURABLE);
    this.version(1).stores({ facts: "key" });
  }

  async text(key: string): Promise<string> {
    const row = await this.facts.get(key);
    return typeof row?.value === "string" ? row.value : "";
  }

  /** The text under this key; if there is none yet, this one from now on. */
  async settled(key: string, made: string): Promise<string> {
    return this.transaction("rw", this.facts, async () => {
      const known = await this.text(key);
      if (!known) await this.facts.put({ key, value: made });
      return known || made;
    });
  }
}

/** How much of other people's work still waits on this phone. */
export async function waitingOfOthers(person: string): Promise<{ person: string; count: number }[]> {
  const found = [];
  for (const name of await Dexie.getDatabaseNames()) {
    const other = name.slice(PREFIX.length);
    if (!name.startsWith(PREFIX) || other === person) continue;
    const database = new FieldDatabase(other);
    const count = await database.envelopes.where("state").anyOf("queued", "waiting").count();
    database.close();
    if (count) found.push({ person: other, count });
  }
  return found;
}
