import htmx from "htmx.org";

/** Where the keys lead: rows and columns of the grid. */
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function neighbour(input: HTMLInputElement, down: number, right: number): HTMLInputElement | null {
  const cell = input.closest("td");
  const row = input.closest("tr");
  const body = row?.parentElement;
  if (!cell || !(row instanceof HTMLTableRowElement) || !(body instanceof HTMLTableSectionElement)) return null;
  const target = body.rows[row.sectionRowIndex + down]?.cells[cell.cellIndex + right];
  return target?.querySelector("input") ?? null;
}

function go(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}

function send(form: HTMLFormElement, input: HTMLInputElement): void {
  input.removeAttribute("aria-invalid");
  void htmx.ajax("POST", form.action, {
    source: "#roster-side",
    target: "#roster-side",
    swap: "innerHTML",
    values: { [input.name]: input.value },
  });
}

function copyRight(form: HTMLFormElement, input: HTMLInputElement): void {
  const next = neighbour(input, 0, 1);
  if (!next) return;
  next.value = input.value;
  if (input.value !== input.defaultValue) send(form, input);
  send(form, next);
  go(next);
}

function answerKey(form: HTMLFormElement, event: KeyboardEvent): void {
  if (!(event.target instanceof HTMLInputElement)) return;
  const step = STEPS[event.key];
  if (event.key === "Enter" && event.ctrlKey) copyRight(form, event.target);
  else if (event.key === "Enter") go(neighbour(event.target, event.shiftKey ? -1 : 1, 0));
  else if (step && event.altKey) go(neighbour(event.target, ...step));
  else return;
  event.preventDefault();
}

/** Bring the signs in the cells in line with the list of what is wrong, which the server has just sent. */
function showMarks(): void {
  const list = document.querySelector("#roster-side");
  if (!list) return;
  const texts = new Map<string, string>();
  for (const item of list.querySelectorAll<HTMLElement>("[data-mark]")) {
    const key = item.dataset["mark"] ?? "";
    texts.set(key, [texts.get(key), item.dataset["text"]].filter(Boolean).join("; "));
  }
  const refused = new Set([...list.querySelectorAll<HTMLElement>("[data-refused]")].map((item) => item.dataset["refused"]));
  for (const sign of document.querySelectorAll<HTMLElement>(".roster-mark")) {
    const key = sign.dataset["key"] ?? "";
    const text = texts.get(key) ?? "";
    const input = sign.parentElement?.querySelector("input");
    sign.parentElement?.classList.toggle("has-mark", text !== "");
    sign.title = text;
    sign.textContent = text ? "!" : "";
    if (input) input.title = text;
    if (input && refused.has(key)) input.setAttribute("aria-invalid", "true");
  }
}

/** The vendor's roster: typed cells are kept at once, keys lead through the grid, conflicts appear as they arise. */
export function fillRosters(part: ParentNode): void {
  showMarks();
  for (const form of part.querySelectorAll<HTMLFormElement>("form[data-roster]:not([data-ready])")) {
    form.dataset["ready"] = "";
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) send(form, event.target);
    });
    form.addEventListener("keydown", (event) => answerKey(form, event));
  }
}
