// Who is signed in. The page itself is the same for everybody and comes from the phone; the server says whose session it is.
const PATIENCE_MS = 5_000;

export type Session = { person: string; sync: boolean } | "signed_out" | "offline";

export async function askSession(): Promise<Session> {
  try {
    const answer = await fetch("/field/session", {
      credentials: "same-origin",
      redirect: "manual",
      cache: "no-store",
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) return "signed_out";
    return answer.ok ? ((await answer.json()) as { person: string; sync: boolean }) : "offline";
  } catch {
    return "offline";
  }
}
