/** Files may be dropped on their field. */
export function readFileDrops(part: ParentNode): void {
  for (const zone of part.querySelectorAll<HTMLElement>("[data-drop]:not([data-ready])")) {
    zone.dataset["ready"] = "";
    const input = zone.querySelector<HTMLInputElement>("input[type=file]");
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
    zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("is-over");
      if (input && event.dataTransfer?.files.length) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }
}
