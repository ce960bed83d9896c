// What the server sends in the pack, and what the phone sends back.
import type { Json } from "./canonical";

export interface Task {
  code: string;
  title: string;
  line: string;
  line_name: string;
  estate: string;
  estate_name: string;
  service_line: string;
  checklist: string;
  due_on: string;
  window_from: string | null;
  window_to: string | null;
  is_announced: boolean;
  needs_checkin: boolean;
  gallery_allowed: boolean;
  places: string[];
  signature_needed: boolean;
  state: string;
  /** My answers that do not count because somebody else's was captured earlier. */
  second?: { place: string; item: string; counts: Verdict }[];
}

export interface Item {
  key: string;
  number: string;
  name: string;
  name_en: string;
  frequency: string;
  target: string;
  unit: string;
  method: string;
  severity: Severity;
  is_red_line: boolean;
  needs_photo: boolean;
  needs_value: boolean;
  good_picture: string;
  bad_picture: string;
  repeats_90: Record<string, number>;
}

export interface Checklist {
  code: string;
  version: number | string;
  name: string;
  name_en: string;
  items: Item[];
  form: Json;
}

export interface Place {
  tag: string;
  name: string;
  parent: string | null;
  estate: string;
  path_name: string;
  lat: string | number | null;
  lon: string | number | null;
  radius_m: number | null;
  rotating: boolean;
}

export interface Post {
  code: string;
  name: string;
  estate: string;
  estate_name: string;
  service_line: string;
  place: string | null;
  fence: "block" | "exception" | "ignore";
  lat: string | number | null;
  lon: string | number | null;
  radius_m: number | null;
  heads: number | string;
}

export interface Slot {
  post: string;
  day: string;
  shift: string;
  starts_at: string;
  ends_at: string;
  rostered: string;
  worker: string | null;
  state: string;
}

export interface RoutePoint {
  place: string;
  window_from: string | null;
  window_to: string | null;
  order: number;
}

export interface PatrolRoute {
  code: string;
  name: string;
  estate: string;
  estate_name?: string;
  points: RoutePoint[];
  day: string;
}

export interface Finding {
  code: string;
  title: string;
  place: string;
  place_name: string;
  severity: Severity;
  state: string;
  due_on: string | null;
  is_overdue: boolean;
  photos: string[];
  waits_for: "vendor" | "recheck" | "";
  text?: string;
  estate_name?: string;
  vendor_name?: string;
  found_on?: string;
  repeat_number?: number;
  after?: string[];
  reply?: { cause: string; action: string; at: string; name: string } | null;
  /** False where somebody else must act: nobody re-checks what he found himself. */
  can_act?: boolean;
}

export interface Pack {
  version: string | number;
  made_at: string;
  server_time: string;
  me: { code: string; name: string; roles: string[]; language: string; is_vendor: boolean };
  rules: Record<string, Json>;
  tasks: Task[];
  checklists: Checklist[];
  places: Place[];
  posts: Post[];
  slots: Slot[];
  routes: PatrolRoute[];
  findings: Finding[];
}

export type Verdict = "pass" | "fail" | "not_applicable";
export type Severity = "minor" | "major" | "critical";
export type Method = "qr" | "nfc" | "typed" | "position";

export type Position = { lat: string; lon: string; accuracy: number; at?: string; is_mock?: boolean };
export type Photo = { sha256: string; taken_at: string; position: Position | null; source: "camera" | "gallery" };
export type Edit = { at: string; verdict: Verdict | null; severity: Severity | null; note: string };

export interface Answer {
  key: string;
  task: string;
  place: string;
  item: string;
  checklist: string;
  verdict: Verdict | null;
  severity: Severity | null;
  value: string | null;
  note: string;
  at: string;
  position: Position | null;
  photos: Photo[];
  edits: Edit[];
  envelope: string;
}

export interface Reason {
  code: string;
  title: string;
  errors: { field?: string; message?: string }[];
}

export type EnvelopeState = "queued" | "waiting" | "applied" | "rejected";

export interface Envelope {
  id: string;
  kind: string;
  version: 1;
  captured_at: string;
  payload: Record<string, Json>;
  sha256: string;
  files: string[];
  subject: string;
  state: EnvelopeState;
  ready_at: number;
  attempts: number;
  reason: Reason | null;
  record: string;
  /** Refused, read by the person and put aside; it stays in the list. */
  isAside?: boolean;
}

export interface StoredFile {
  sha256: string;
  blob: Blob | null;
  size: number;
  type: string;
  state: "queued" | "done" | "refused";
  received: number;
  reason: string;
}

export interface Thumb {
  sha256: string;
  blob: Blob;
  label: string;
}

export interface Visit {
  key: string;
  task: string;
  place: string;
  method: Method;
  at: string;
  distance: number | null;
}

/** Why a check-in is not simply taken: what the post's rule makes of it, how far away it was, how far is allowed. */
export interface FenceNote {
  verdict: "exception" | "refused";
  reason: "outside" | "no_position" | "mock";
  metres: number | null;
  radius: number;
}

export interface Done {
  key: string;
  kind: string;
  at: string;
  envelope: string;
  /** What it was, for the day on which the server has taken it off the list. */
  title?: string;
  /** Of a check-in that the post's fence does not simply take. */
  fence?: FenceNote;
}

export const EMPTY_PACK: Pack = {
  version: "",
  made_at: "",
  server_time: "",
  me: { code: "", name: "", roles: [], language: "", is_vendor: false },
  rules: {},
  tasks: [],
  checklists: [],
  places: [],
  posts: [],
  slots: [],
  routes: [],
  findings: [],
};
