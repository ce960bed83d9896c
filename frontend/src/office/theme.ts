import { onEach } from "./dom";

const YEAR_SECONDS = 31_536_000;
const system = window.matchMedia("(prefers-color-scheme: dark)");

function isDark(): boolean {
  const chosen = document.documentElement.dataset["bsTheme"];
  return chosen ? chosen === "dark" : system.matches;
}

function announce(): void {
  document.dispatchEvent(new CustomEvent("duban:theme"));
}

/** Switch light and dark; the server reads the cookie, so the next page starts in the right colours. */
export function switchTheme(): void {
  onEach("click", "[data-theme-toggle]", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset["bsTheme"] = next;
    document.cookie = `theme=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    announce();
  });
  system.addEventListener("change", announce);
}
