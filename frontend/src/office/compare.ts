/** Two pictures over each other: the slider says how much of the second covers the first.
 *
 *  A finger or the mouse on the pictures moves it, and so do the arrow keys on the slider itself.
 */
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
    followPointer(cover, slider);
    show();
  }
}

function followPointer(cover: HTMLElement, slider: HTMLInputElement): void {
  const pictures = cover.parentElement ?? cover;
  const move = (event: PointerEvent): void => {
    if (event.type === "pointermove" && event.buttons === 0) return;
    const box = pictures.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    slider.value = String(Math.round(100 * Math.min(1, Math.max(0, share))));
    slider.dispatchEvent(new Event("input"));
  };
  pictures.addEventListener("pointerdown", (event) => {
    pictures.setPointerCapture(event.pointerId);
    move(event);
  });
  pictures.addEventListener("pointermove", move);
}
