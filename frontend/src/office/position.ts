const DIGITS = 6;
const WAIT_MS = 20_000;

function fill(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}

/** A form that is sent from a place asks the browser where that is; a refusal leaves the fields empty and says so. */
export function askPositions(part: ParentNode): void {
  if (!("geolocation" in navigator)) return;
  for (const form of part.querySelectorAll<HTMLFormElement>("form[data-position]")) {
    const words = form.querySelector<HTMLElement>("[data-position-words]");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const accuracy = Math.round(coords.accuracy);
        fill(form, "latitude", coords.latitude.toFixed(DIGITS));
        fill(form, "longitude", coords.longitude.toFixed(DIGITS));
        fill(form, "accuracy", String(accuracy));
        if (words) words.textContent = `${words.dataset.found ?? ""} ${accuracy} m`;
      },
      () => {
        if (words) words.textContent = words.dataset.refused ?? "";
      },
      { enableHighAccuracy: true, maximumAge: 15_000, timeout: WAIT_MS },
    );
  }
}
