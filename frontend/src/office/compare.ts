/** Two pictures over each other: the slider says how much of the second covers the first; arrow keys move it too. */
export function comparePictures(part: ParentNode): void {
  for (const figure of part.querySelectorAll<HTMLElement>("[data-compare]:not([data-ready])")) {
    const slider = figure.querySelector<HTMLInputElement>("input[type=range]");
    const cover = figure.querySelector<HTMLElement>("[data-compare-after]");
    if (!slider || !cover) continue;
    figure.dataset["ready"] = "";
    const show = (): void => {
      cover.style.clipPath = `inset(0 0 0 ${slider.value}%)`;
      figure.style.setProperty("--compare", `${slider.value}%`);
    };
    slider.addEventListener("input", show);
    show();
  }
}
