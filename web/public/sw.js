// Keeps the client's shell, so that the page opens when the server does not answer. What is said to the server is never kept.
const cacheName = 'parley-shell';
// The files of some versions; the oldest go first.
const capacity = 80;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(['/', '/icon.svg', '/manifest.webmanifest'])));
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  // Every address of the client has the same page.
  if (request.mode === 'navigate') event.respondWith(fresh(request, '/'));
  // Named after what is in them: they never change.
  else if (url.pathname.startsWith('/assets/')) event.respondWith(kept(request));
});

async function fresh(request, name) {
  const cache = await caches.open(cacheName);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(name, response.clone());
    return response;
  } catch (error) {
    const known = await cache.match(name);
    if (known) return known;
    throw error;
  }
}

async function kept(request) {
  const cache = await caches.open(cacheName);
  const known = await cache.match(request);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) {
    await cache.put(request, response.clone());
    const names = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith('/assets/'));
    await Promise.all(names.slice(0, Math.max(0, names.length - capacity)).map((name) => cache.delete(name)));
  }
  return response;
}
