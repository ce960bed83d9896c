// Texts in the person's language. The source is English; the shell page brings every translation, so switching needs no network.
export type Language = "zh-hans" | "en";

type Catalogues = Record<string, Record<string, string>>;

let catalogues: Catalogues = {};
let language: Language = "zh-hans";

export function speak(chosen: Language, texts?: Catalogues): void {
  language = chosen;
  if (texts) catalogues = texts;
}

export function spoken(): Language {
  return language;
}

export function t(source: string, values: Record<string, string | number> = {}): string {
  const text = catalogues[language]?.[source] ?? source;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** The name in the reader's language where the pack brings both. */
export function named(thing: { name: string; name_en?: string }): string {
  return language === "en" && thing.name_en ? thing.name_en : thing.name;
}
