// What is half written: kept at once, so that a closed browser loses no word and no photo.
import type { Photo } from "./core/types";
import { redraw } from "./screen";
import type { State } from "./state";

export interface Draft {
  words: Record<string, string>;
  photos: Photo[];
}

const KEY = "drafts";

export function draftOf(state: State, key: string): Draft {
  return state.drafts[key] ?? { words: {}, photos: [] };
}

export function write(state: State, key: string, change: Partial<Draft>): void {
  const before = draftOf(state, key);
  state.drafts[key] = { words: { ...before.words, ...change.words }, photos: change.photos ?? before.photos };
  void state.database.write(KEY, state.drafts);
  redraw();
}

export function drop(state: State, key: string): void {
  delete state.drafts[key];
  void state.database.write(KEY, state.drafts);
  redraw();
}
