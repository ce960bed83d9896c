import { onEach } from "./dom";

function setDrawer(open: boolean): void {
  const side = document.getElementById("side");
  const opener = document.querySelector<HTMLElement>("[data-side-open]");
  if (!side || !opener || side.classList.contains("is-open") === open) return;
  side.classList.toggle("is-open", open);
  opener.setAttribute("aria-expanded", String(open));
  document.querySelector(".side-scrim")?.remove();
  if (open) {
    const scrim = document.createElement("div");
    scrim.className = "side-scrim";
    scrim.addEventListener("click", () => setDrawer(false));
    side.after(scrim);
    side.querySelector<HTMLElement>("[data-side-close]")?.focus();
  } else {
    opener.focus();
  }
}

/** On narrow screens the navigation is a drawer. */
export function openDrawer(): void {
  onEach("click", "[data-side-open]", () => setDrawer(true));
  onEach("click", "[data-side-close]", () => setDrawer(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") setDrawer(false);
  });
}

/** Menus close when the person turns elsewhere; notices can be dismissed. */
export function closeMenus(): void {
  const closeOthers = (event: Event): void => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (!(event.target instanceof Node) || !menu.contains(event.target)) menu.open = false;
    }
  };
  document.addEventListener("click", closeOthers);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) menu.open = false;
  });
  onEach("click", "[data-dismiss]", (button) => button.parentElement?.remove());
}

/** On a narrow screen the chain bar starts at this record's own place. */
export function showCurrentStation(part: ParentNode): void {
  for (const here of part.querySelectorAll<HTMLElement>(".chain-stop.is-current")) {
    const bar = here.closest<HTMLElement>(".chain");
    if (bar) bar.scrollLeft = here.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2;
  }
}

/** A choice that is a page of its own (a month, an office) needs no button. */
export function submitChoices(): void {
  onEach("change", "[data-submit-on-change]", (field) => field.closest("form")?.requestSubmit());
}

/** Buttons that lead back, and buttons that copy their address. */
export function answerBackLinks(): void {
  onEach("click", "[data-back]", () => history.back());
  onEach("click", "[data-copy]", (button) => {
    void navigator.clipboard.writeText(button.dataset["copy"] || location.href).then(() => button.classList.add("is-copied"));
  });
}

/** A table wider than its card scrolls; who has no mouse reaches it with the keyboard. */
export function reachWideTables(part: ParentNode): void {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else if (!target.hasAttribute("role")) target.removeAttribute("tabindex");
    }
  });
  for (const wrap of part.querySelectorAll(".table-wrap")) watch.observe(wrap);
}
