import type { PlatformFetch, PlatformSignal } from '../platform.ts';

/** How often an answer may point elsewhere. */
const mostRedirects = 5;

const redirecting = new Set([301, 302, 303, 307, 308]);

/** Whether an address may be asked: over https, or this computer itself over plain http, for tests. */
export function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname));
}

/**
 * The answer of an address, redirects followed as long as they stay on https.
 *
 * A browser does not show where a redirect points to; there it is followed by the browser, which does not leave https on
 * a page that came over https, and the address that answered in the end is checked.
 *
 * @throws Error with a short reason: `redirects to http://…, which is not https`
 */
export async function fetchSafely(address: string, fetch: PlatformFetch, signal: PlatformSignal) {
  let at = address;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await fetch(at, { signal, redirect: 'manual' });
    if (response.type === 'opaqueredirect') {
      const followed = await fetch(at, { signal, redirect: 'follow' });
      if (isSafeAddress(followed.url)) return followed;
      throw await refused(followed, followed.url);
    }
    if (!redirecting.has(response.status)) return response;
    const target = response.headers.get('location') ?? '';
    const next = URL.canParse(target, at) ? new URL(target, at).href : target;
    if (!isSafeAddress(next) || (at.startsWith('https:') && !next.startsWith('https:'))) {
      throw await refused(response, next);
    }
    await response.body?.cancel();
    at = next;
  }
  throw new Error(`redirects more than ${mostRedirects} times`);
}

async function refused(response: Response, target: string): Promise<Error> {
  await response.body?.cancel();
  return new Error(`redirects to ${target.slice(0, 200)}, which is not https`);
}
