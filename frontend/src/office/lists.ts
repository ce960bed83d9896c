function readOne(form: HTMLFormElement): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=selected]")];
  const all = form.querySelector<HTMLInputElement>("[data-bulk-all]");
  const bar = form.querySelector<HTMLElement>("[data-bulk-bar]");
  const count = form.querySelector<HTMLElement>("[data-bulk-count]");

  const refresh = (): void => {
    const chosen = boxes.filter((box) => box.checked).length;
    if (bar) bar.hidden = chosen === 0;
    if (count) count.textContent = String(chosen);
    if (all) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  };
  form.addEventListener("change", (event) => {
    if (event.target === all && all) boxes.forEach((box) => (box.checked = all.checked));
    refresh();
  });
  refresh();
}

/** Bulk selection: the bar with the actions shows once a row is chosen. */
export function readSelections(part: ParentNode): void {
  for (const form of part.querySelectorAll<HTMLFormElement>("form[data-bulk]:not([data-ready])")) {
    form.dataset["ready"] = "";
    readOne(form);
  }
}
