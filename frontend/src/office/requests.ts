import htmx from "htmx.org";

interface RequestContext {
  sourceElement: Element;
  target?: Element;
  request: { method: string; headers: Record<string, string> };
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
let running = 0;

function contextOf(event: Event): RequestContext | undefined {
  return (event as CustomEvent<{ ctx?: RequestContext }>).detail?.ctx;
}

function showRunning(change: number): void {
  running = Math.max(0, running + change);
  document.body.classList.toggle("is-requesting", running > 0);
}

/** Send the CSRF token with htmx requests, show that something runs, and enhance every swapped fragment. */
export function startRequests(enhance: (part: ParentNode) => void): void {
  document.addEventListener("htmx:config:request", (event) => {
    const request = contextOf(event)?.request;
    const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value;
    if (request && token && !SAFE_METHODS.has(request.method.toUpperCase())) request.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("htmx:before:request", () => showRunning(1));
  document.addEventListener("htmx:finally:request", () => showRunning(-1));
  document.addEventListener("htmx:after:process", (event) => {
    // The swapped element itself may be what needs enhancing, so its parent is the part.
    if (event.target instanceof Element) enhance(event.target.parentElement ?? event.target);
  });
  htmx.config.defaultFocusScroll = false;
}
