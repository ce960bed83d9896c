// Exact times in the estate's zone, and how long ago they were.
import { spoken } from "./text";

const ZONE = "Asia/Shanghai";
const MINUTE = 60_000;
const STEPS: [number, Intl.RelativeTimeFormatUnit][] = [
  [60, "minute"],
  [24, "hour"],
  [30, "day"],
];

export function clock(moment: string | number): string {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: ZONE }).format(new Date(moment));
}

export function exact(moment: string | number): string {
  const locale = spoken() === "en" ? "en-GB" : "zh-CN";
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: ZONE }).format(new Date(moment));
}

export function day(date: string): string {
  const locale = spoken() === "en" ? "en-GB" : "zh-CN";
  return new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", weekday: "short" }).format(new Date(`${date}T12:00`));
}

export function today(now: number = Date.now()): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(now);
}

export function ago(moment: string | number, now: number = Date.now()): string {
  let amount = (new Date(moment).getTime() - now) / MINUTE;
  const words = new Intl.RelativeTimeFormat(spoken() === "en" ? "en" : "zh-CN", { numeric: "auto" });
  for (const [size, unit] of STEPS) {
    if (Math.abs(amount) < size) return words.format(Math.round(amount), unit);
    amount /= size;
  }
  return words.format(Math.round(amount), "month");
}
