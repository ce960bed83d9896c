// The one spelling of a payload that both sides hash: keys sorted by code point, no spaces, as Python's json.dumps writes it.
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const fields = Object.entries(value).filter((pair): pair is [string, Json] => pair[1] !== undefined);
    return `{${fields.sort(byCodePoint).map(([key, part]) => `${text(key)}:${canonical(part)}`).join(",")}}`;
  }
  return typeof value === "string" ? text(value) : JSON.stringify(value);
}

export async function hashOf(payload: Json): Promise<string> {
  return sha256(new TextEncoder().encode(canonical(payload)));
}

export async function sha256(bytes: BufferSource): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Python leaves U+007F as it is and so does JSON.stringify; both escape control characters alike.
function text(value: string): string {
  return JSON.stringify(value);
}

function byCodePoint([left]: [string, Json], [right]: [string, Json]): number {
  const a = [...left];
  const b = [...right];
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const gap = (a[index]?.codePointAt(0) ?? 0) - (b[index]?.codePointAt(0) ?? 0);
    if (gap) return gap;
  }
  return a.length - b.length;
}
