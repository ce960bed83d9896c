/** Listen to a kind of event on every element, present or future, that matches `selector`. */
export function onEach<K extends keyof DocumentEventMap>(
  kind: K,
  selector: string,
  listener: (element: HTMLElement, event: DocumentEventMap[K]) => void,
): void {
  document.addEventListener(kind, (event) => {
    const found = event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
    if (found) listener(found, event);
  });
}

/** The language of the page, as the server chose it. */
export function language(): string {
  return document.documentElement.lang || "zh-hans";
}
