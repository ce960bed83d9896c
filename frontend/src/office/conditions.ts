/** Fields that only an answer asks for (`data-when="frequency=risk times"`): others are out of sight and not sent. */
export function askByAnswers(part: ParentNode): void {
  for (const field of part.querySelectorAll<HTMLElement>("[data-when]:not([data-ready])")) {
    const [asking = "", answers = ""] = (field.dataset["when"] ?? "").split("=");
    const asker = field.closest("form")?.elements.namedItem(asking);
    if (!(asker instanceof HTMLSelectElement)) continue;
    field.dataset["ready"] = "";
    const show = (): void => {
      const isAsked = answers.split(" ").includes(asker.value);
      field.hidden = !isAsked && !field.classList.contains("has-error");
      for (const input of field.querySelectorAll<HTMLInputElement>("input, select, textarea")) input.disabled = !isAsked;
    };
    asker.addEventListener("change", show);
    show();
  }
}
