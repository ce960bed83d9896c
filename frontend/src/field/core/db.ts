// One database for each person who signs in on this phone: nobody sends or sees what another has captured.
import Dexie, { type Table } from "dexie";
import type { Answer, Done, Envelope, StoredFile, Thumb, Visit } from "./types";

export interface Meta {
  key: string;
  value: unknown;
}

const PREFIX = "duban-field-";

export class FieldDatabase extends Dexie {
  meta!: Table<Meta, string>;
  answers!: Table<Answer, string>;
  envelopes!: Table<Envelope, string>;
  files!: Table<StoredFile, string>;
  thumbs!: Table<Thumb, string>;
  visits!: Table<Visit, string>;
  done!: Table<Done, string>;

  constructor(person: string) {
    super(PREFIX + person);
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
