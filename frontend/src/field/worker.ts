/// <reference lib="webworker" />
// Everything the app consists of is kept on the phone, under the version the server named; pictures are kept beside it.
import { addPlugins, createHandlerBoundToURL, precacheAndRoute, cleanupOutdatedCaches, type PrecacheEntry } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope & { DUBAN_FILES: PrecacheEntry[] };

export const PICTURES = "field-pictures";

addPlugins([
  {
    // A page one was sent on to is the sign-in page: never keep it as the app.
    cacheWillUpdate: ({ response }) => Promise.resolve(response.ok && !response.redirected ? response : null),
    // The page varies by language and cookie on the server; here it is the one page there is.
    cachedResponseWillBeUsed: async ({ cacheName, request, cachedResponse }) =>
      cachedResponse ?? (await (await caches.open(cacheName)).match(request, { ignoreVary: true })) ?? null,
  },
]);
precacheAndRoute(self.DUBAN_FILES, { cleanURLs: false, ignoreURLParametersMatching: [] });
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/field/"), { allowlist: [/^\/field\/$/] }));
registerRoute(
  ({ request, sameOrigin }) => sameOrigin && request.destination === "image",
  async ({ request }) => (await (await caches.open(PICTURES)).match(request, { ignoreVary: true })) ?? fetch(request),
);

self.addEventListener("message", (event) => {
  if (event.data === "renew") void self.skipWaiting();
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The browser says that there is a line again: whoever has the app open sends what waits.
self.addEventListener("sync", (event: Event) => {
  (event as ExtendableEvent).waitUntil(
    self.clients.matchAll({ type: "window" }).then((windows) => windows.forEach((window) => window.postMessage("sync"))),
  );
});
