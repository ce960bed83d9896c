import { language } from "./dom";

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number, number])[] = [
  ["second", 60, 1],
  ["minute", 3_600, 60],
  ["hour", 86_400, 3_600],
  ["day", 2_592_000, 86_400],
];

/** The moment in words of today ("2 hours ago"); an empty text for anything more than a month away. */
export function relative(moment: Date, now: Date, locale: string): string {
  const seconds = (moment.getTime() - now.getTime()) / 1000;
  for (const [unit, below, size] of STEPS) {
    if (Math.abs(seconds) < below) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.round(seconds / size), unit);
  }
  return "";
}

/** Near moments are shown relative to now; the exact one stays in the title. */
export function showRelativeTimes(part: ParentNode): void {
  const now = new Date();
  for (const element of part.querySelectorAll<HTMLTimeElement>("time[data-relative]")) {
    const words = relative(new Date(element.dateTime), now, language());
    if (words) element.textContent = words;
  }
}
