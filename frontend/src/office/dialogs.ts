import { onEach } from "./dom";

function showPhoto(link: HTMLAnchorElement): void {
  const dialog = document.createElement("dialog");
  const picture = document.createElement("img");
  dialog.className = "dialog dialog-photo";
  picture.src = link.href;
  picture.alt = link.querySelector("img")?.alt ?? "";
  dialog.append(picture);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** Dialogs open by `data-dialog-open`, close by `data-dialog-close`; a form is sent once; some buttons ask first. */
export function openDialogs(): void {
  onEach("click", "[data-dialog-open]", (button) => {
    const dialog = document.getElementById(button.dataset["dialogOpen"] ?? "");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
  });
  onEach("click", "[data-dialog-close]", (button) => button.closest("dialog")?.close());
  onEach("click", "[data-confirm]", (button, event) => {
    if (!window.confirm(button.dataset["confirm"] ?? "")) event.preventDefault();
  });
  onEach("click", "a[data-photo]", (link, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    showPhoto(link as HTMLAnchorElement);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post") return;
    // A second click must not send a second time; the delay lets the pressed button's own value travel.
    setTimeout(() => form.querySelectorAll<HTMLButtonElement>("button[type=submit]").forEach((button) => (button.disabled = true)));
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll<HTMLButtonElement>("form button[type=submit]").forEach((button) => (button.disabled = false));
  });
}
