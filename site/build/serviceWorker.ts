import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Writes the worker that keeps the site for reading without a network: once a page was visited, the whole book is fetched in the
 * background, and the Lab and the reference as they are visited.
 */
export function writeServiceWorker(folder: string): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((path) => !/^(lab|reference)\/|^404|hashmap\.json$|KaTeX_(?!Main-Regular|Math-Italic|Size)/.test(path))
    .sort();
  const hash = createHash('sha256');
  for (const path of files) hash.update(path).update(readFileSync(join(folder, path)));
  const version = hash.digest('hex').slice(0, 12);
  writeFileSync(join(folder, 'sw.js'), workerCode(version, files));
}

/** Assets have their hash in the name and never change; everything else is asked for anew, and kept for when there is no network. */
function workerCode(version: string, files: readonly string[]): string {
  return `const kept = 'tapegrad-${version}';
const files = ${JSON.stringify(files)};
addEventListener('install', (event) => {
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll(files)).then(() => skipWaiting()));
});
addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('tapegrad-') && name !== kept;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => clients.claim()),
  );
});
addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  event.respondWith(url.pathname.includes('/assets/') ? fromCache(request) : fromNetwork(request));
});
async function fromCache(request) {
  return (await caches.match(request, { ignoreSearch: true })) ?? keep(request);
}
async function fromNetwork(request) {
  try {
    return await keep(request);
  } catch (error) {
    const address = request.url.replace(/[?#].*/, '').replace(/\\/$/, '/index.html');
    const known = (await caches.match(request, { ignoreSearch: true })) ?? (await caches.match(address));
    if (known) return known;
    throw error;
  }
}
async function keep(request) {
  const response = await fetch(request);
  if (response.ok) await (await caches.open(kept)).put(request, response.clone());
  return response;
}
`;
}
