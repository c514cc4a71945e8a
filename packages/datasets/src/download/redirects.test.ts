import { describe, expect, test } from 'vitest';
import { fetchSafely, isSafeAddress } from './redirects.ts';

const { signal } = new AbortController();
/** A fetch that answers each address with where it leads to, or with the text at its end. */
const leading = (targets: Readonly<Record<string, string>>): typeof fetch => {
  return async (address) => {
    const target = targets[String(address)];
    return target === undefined
      ? new Response('here')
      : new Response(null, { status: 302, headers: { location: target } });
  };
};

describe('fetchSafely', () => {
  test('follows redirects on https, relative ones too', async () => {
    const fetch = leading({ 'https://a.example/x/y': '../z', 'https://a.example/z': 'https://b.example/z' });
    expect(await (await fetchSafely('https://a.example/x/y', fetch, signal)).text()).toBe('here');
  });

  test.each([
    'http://a.example/x',
    'ftp://a.example/x',
    'file:///etc/passwd',
    'data:,x',
    'http://127.0.0.1/x',
    '//a.example:bad',
  ])('follows none from https to %s', async (target) => {
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = (address) => {
      asked.push(String(address));
      return leading({ 'https://a.example/': target })(address);
    };
    await expect(fetchSafely('https://a.example/', fetch, signal)).rejects.toThrow('which is not https');
    expect(asked).toEqual(['https://a.example/']);
  });

  test('gives up in a circle', async () => {
    const fetch = leading({ 'https://a.example/': 'https://b.example/', 'https://b.example/': 'https://a.example/' });
    await expect(fetchSafely('https://a.example/', fetch, signal)).rejects.toThrow('redirects more than 5 times');
  });

  test('checks where a browser has ended up, which does not show its way', async () => {
    const browser =
      (end: string): typeof fetch =>
      async (_, options) =>
        options?.redirect === 'manual'
          ? Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' })
          : Object.defineProperty(new Response('here'), 'url', { value: end });
    expect((await fetchSafely('https://a.example/', browser('https://b.example/'), signal)).ok).toBe(true);
    await expect(fetchSafely('https://a.example/', browser('http://b.example/'), signal)).rejects.toThrow('not https');
  });
});

test.each([
  ['https://a.example/', true],
  ['http://localhost:8080/', true],
  ['http://[::1]/', true],
  ['http://a.example/', false],
  ['http://127.0.0.1.evil.example/', false],
  ['javascript:alert(1)', false],
  ['', false],
])('isSafeAddress(%j) is %s', (address, wanted) => {
  expect(isSafeAddress(address)).toBe(wanted);
});
