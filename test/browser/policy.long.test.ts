import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from './chromium.ts';
import { bundle, serve } from './served.ts';
import { type Run, trainSmall } from './training.ts';

/** All that a page has to allow: WebAssembly, and workers from text for threads. No 'unsafe-eval'. */
const strict = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:";

describe.skipIf(!hasBrowser)("a page whose content security policy has no 'unsafe-eval'", () => {
  let browser: Browser;
  let server: Server;

  beforeAll(async () => {
    server = await serve(await bundle(), { 'Content-Security-Policy': strict });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test('trains as any other, to the bits of Node', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => 'onThisThread' in window);
    // What a debugger calls may do all; a timer of the page is held to its policy.
    const { refusesText, losses, weights, engine } = await page.evaluate(
      () =>
        new Promise<Run & { refusesText: boolean }>((resolve, reject) => {
          const work = (): void => {
            let refusesText = false;
            try {
              new Function('');
            } catch (error) {
              refusesText = error instanceof EvalError;
            }
            resolve({ refusesText, ...window.onThisThread(5, 1) });
          };
          setTimeout(() => Promise.resolve().then(work).catch(reject));
        }),
    );
    await page.close();
    expect(refusesText).toBe(true);
    expect(complaints).toEqual([]);
    expect(engine).toBe('relaxed');
    const expected = trainSmall(5);
    expect({ losses, weights }).toEqual({ losses: expected.losses, weights: expected.weights });
  });
});
