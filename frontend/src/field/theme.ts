// Light, dark, or as the phone has it.
import { redraw } from "./screen";

export type Theme = "" | "light" | "dark";

const KEY = "duban-field-theme";

export function themeOf(): Theme {
  return (localStorage.getItem(KEY) ?? "") as Theme;
}

export function wear(theme: Theme = themeOf()): void {
  localStorage.setItem(KEY, theme);
  if (theme) document.documentElement.dataset["bsTheme"] = theme;
  else delete document.documentElement.dataset["bsTheme"];
  redraw();
}
