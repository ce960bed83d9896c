// A photo keeps its original bytes, hashed at capture; what is shown is a small copy with time and place on its edge.
import { sha256 } from "./canonical";
import type { FieldDatabase } from "./db";
import type { Photo, Position } from "./types";

const THUMB_WIDTH = 480;
const QUALITY = 0.72;

export class DiskFull extends Error {}

export async function keepPhoto(
  database: FieldDatabase,
  original: File,
  facts: { label: string; position: Position | null; source: Photo["source"]; at: string },
): Promise<Photo> {
  const bytes = await original.arrayBuffer();
  const sha = await sha256(bytes);
  const type = original.type || "image/jpeg";
  const blob = new Blob([bytes], { type });
  const thumb = await displayCopy(blob, facts.label).catch(() => blob);
  await keepFile(database, sha, blob, { blob: thumb, label: facts.label });
  return { sha256: sha, taken_at: facts.at, position: facts.position, source: facts.source };
}

export async function keepFile(
  database: FieldDatabase,
  sha: string,
  blob: Blob,
  thumb: { blob: Blob; label: string } | null,
): Promise<void> {
  try {
    await database.transaction("rw", database.files, database.thumbs, async () => {
      const known = await database.files.get(sha);
      if (!known) {
        const facts = { size: blob.size, type: blob.type, received: 0, reason: "" };
        await database.files.add({ sha256: sha, blob, state: "queued", ...facts });
      }
      if (thumb) await database.thumbs.put({ sha256: sha, ...thumb });
    });
  } catch (error) {
    if (isDiskFull(error)) throw new DiskFull();
    throw error;
  }
}

export function isDiskFull(error: unknown): boolean {
  const seen = error as { name?: string; inner?: { name?: string } } | null;
  return seen?.name === "QuotaExceededError" || seen?.inner?.name === "QuotaExceededError";
}

async function displayCopy(blob: Blob, label: string): Promise<Blob> {
  const picture = await createImageBitmap(blob, { resizeWidth: THUMB_WIDTH, resizeQuality: "medium" });
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const pen = canvas.getContext("2d");
  if (!pen) return blob;
  pen.drawImage(picture, 0, 0);
  picture.close();
  // The first line can be read on the small picture in the list, the second once it is opened.
  const [short = "", long = ""] = label.split("\n");
  const [big, small, room] = [canvas.width * 0.125, canvas.width * 0.05, canvas.width * 0.96];
  const band = big + small * 1.9;
  pen.fillStyle = "rgba(10, 17, 25, 0.72)";
  pen.fillRect(0, canvas.height - band, canvas.width, band);
  pen.fillStyle = "#fff";
  pen.textBaseline = "bottom";
  pen.font = `600 ${big}px sans-serif`;
  pen.fillText(short, canvas.width * 0.02, canvas.height - small * 1.5, room);
  pen.font = `${small}px sans-serif`;
  pen.fillText(long, canvas.width * 0.02, canvas.height - small * 0.4, room);
  return canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
}
