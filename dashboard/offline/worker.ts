/** The service worker: opens the page where the hub cannot be reached. It knows the page's own files, and never an answer of the API. */

/** The files of this build, written in by vite.config.ts. */
declare const SHELL_FILES: readonly string[];

// the types of a worker clash with those of a page, so the few that are used stand here
interface Lasting extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Asked extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
declare const self: {
  addEventListener(name: 'install' | 'activate', take: (event: Lasting) => void): void;
  addEventListener(name: 'fetch', take: (event: Asked) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  location: Location;
};

const CACHE = 'shell';
const FILES: ReadonlySet<string> = new Set(SHELL_FILES);
/** A line that says nothing for this long is as good as none: the kept page opens. */
const PATIENCE_MS = 4000;
/** Addresses of the hub that are no views of the page. */
const NOT_THE_PAGE = /^\/(api|docs|healthz|readyz|openapi)/;

/** Keeps what of this build is not kept yet; hashed names never change their content. */
async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  await cache.addAll([...FILES].filter((path) => path.startsWith('/assets/') && !kept.has(path)));
  // last, so that a page is kept only together with all that it loads
  await cache.add(new Request('/', { cache: 'reload' }));
}

async function dropOthers(): Promise<void> {
  const cache = await caches.open(CACHE);
  const others = (await cache.keys()).filter(({ url }) => !FILES.has(new URL(url).pathname));
  await Promise.all(others.map((request) => cache.delete(request)));
}

async function pageFor(request: Request): Promise<Response> {
  const kept = async (): Promise<Response> => (await caches.match('/')) ?? Response.error();
  const tooLate = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  try {
    const asked = fetch(request);
    const first = await Promise.race([asked, tooLate]);
    if (first) return first;
    return (await caches.match('/')) ?? (await asked);
  } catch {
    return kept();
  }
}

self.addEventListener('install', (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (!NOT_THE_PAGE.test(pathname)) event.respondWith(pageFor(request));
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});
