// The words for what the protocol writes in code.
import { t } from "../core/text";
import type { FenceNote, Method, Place, Severity } from "../core/types";

export function severityWord(severity: Severity | null): string {
  return { minor: t("Minor"), major: t("Major"), critical: t("Critical") }[severity ?? "minor"];
}

export const SEVERITIES: readonly Severity[] = ["minor", "major", "critical"];

export function methodWord(method: Method): string {
  return { qr: t("Scanned"), nfc: t("Tag read"), typed: t("Code typed"), position: t("By position") }[method];
}

export function kindWord(kind: string): string {
  const words: Record<string, string> = {
    "inspections.answer": t("Check result"),
    "inspections.form": t("Form"),
    "inspections.checkin": t("Check-in at a place"),
    "inspections.finish": t("Round finished"),
    "inspections.reply": t("Reply to a finding"),
    "inspections.recheck": t("Re-check"),
    "inspections.praise": t("Praise"),
    "attendance.punch": t("Check-in or check-out"),
    "attendance.patrol": t("Patrol point"),
  };
  return words[kind] ?? kind;
}

export function serviceWord(line: string): string {
  const words: Record<string, string> = {
    cleaning: t("Cleaning"),
    security: t("Security"),
    greening: t("Greening"),
    maintenance: t("Maintenance"),
    customer_service: t("Customer service"),
  };
  return words[line] ?? line;
}

export function slotWord(state: string): string {
  const words: Record<string, string> = {
    present: t("Staffed"),
    vacant: t("Vacant"),
    review: t("Under review"),
    off: t("Rest"),
  };
  return words[state] ?? t("Planned");
}

export function shiftWord(shift: string): string {
  const words: Record<string, string> = { day: t("Day shift"), middle: t("Middle shift"), night: t("Night shift") };
  return words[shift] ?? shift;
}

export function amount(metres: number): string {
  return metres < 1000 ? t("{count} m", { count: metres }) : t("{count} km", { count: (metres / 1000).toFixed(1) });
}

/** What the fence makes of a check-in: what it is, why and how far, and what happens next. */
export function fenceWords(note: FenceNote): { title: string; why: string; next: string } {
  const isRefused = note.verdict === "refused";
  return {
    title: isRefused ? t("This check-in will be sent back") : t("Taken as an exception"),
    why: fenceReason(note),
    next: isRefused
      ? t("This post takes check-ins only at the post. Go there and check in again.")
      : t("The shift is under review until the office decides. Check in again at the post and it counts at once."),
  };
}

export function fenceReason({ reason, metres, radius }: FenceNote): string {
  if (reason === "outside") return t("You are {distance} from the post; {radius} are allowed.", { distance: amount(metres ?? 0), radius: amount(radius) });
  if (reason === "mock") return t("The phone reports a simulated position. Switch the simulation off.");
  return t("The phone did not tell its position. Allow it, and wait until it is found.");
}

/** “3 栋 18 层”: the way down to a place, as people say it. */
export function placeTitle(place: Place | undefined): string {
  return (place?.path_name || place?.name || "").replaceAll(" / ", " ");
}

export function placeCount(count: number): string {
  return count === 1 ? t("1 place") : t("{count} places", { count });
}

export function photoCount(count: number): string {
  return count === 1 ? t("1 photo") : t("{count} photos", { count });
}

export function size(bytes: number): string {
  return bytes < 1024 ** 3 ? `${Math.round(bytes / 1024 ** 2)} MB` : `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}
