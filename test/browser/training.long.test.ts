import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from './chromium.ts';
import { bundle, serve } from './served.ts';
import { type Run, trainSmall } from './training.ts';

const steps = 50;

/** What a page must be served with to share memory between threads. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

describe.skipIf(!hasBrowser)('training in a page', () => {
  let browser: Browser;
  let isolated: Server;
  let plain: Server;
  let expected: Run;

  beforeAll(async () => {
    const files = await bundle();
    isolated = await serve(files, isolation);
    plain = await serve(files, {});
    browser = await launchBrowser();
    expected = trainSmall(steps);
    expect(expected.losses).toHaveLength(steps);
    expect(expected.losses[steps - 1]).toBeLessThan(0.7 * expected.losses[0]);
  });

  afterAll(async () => {
    await browser?.close();
    isolated?.close();
    plain?.close();
  });

  /** Calls one of the page's functions, and expects no complaint on its console. */
  async function run(server: Server, call: 'onThisThread' | 'inWorker', threads: number): Promise<Run> {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => 'inWorker' in window);
    const result = await page.evaluate(([call, steps, threads]) => window[call](steps, threads), [
      call,
      steps,
      threads,
    ] as const);
    await page.close();
    expect(complaints).toEqual([]);
    return result;
  }

  test.each([
    ['onThisThread', 1],
    ['onThisThread', 2],
    ['inWorker', 2],
    ['inWorker', 3],
  ] as const)('isolated, %s, %i threads: the losses of Node, bit for bit', async (call, threads) => {
    const { losses, weights, ...info } = await run(isolated, call, threads);
    expect(losses).toEqual(expected.losses);
    expect(weights).toEqual(expected.weights);
    const computing = Math.min(threads, availableParallelism());
    const notes = computing < threads ? [expect.stringContaining('threads compute')] : [];
    expect(info).toEqual({ engine: 'relaxed', threads: computing, sharedMemory: true, notes });
  });

  test.each(['onThisThread', 'inWorker'] as const)(
    'not isolated, %s: one thread, a word about it, and the same losses',
    async (call) => {
      const { losses, weights, ...info } = await run(plain, call, 2);
      expect(losses).toEqual(expected.losses);
      expect(weights).toEqual(expected.weights);
      expect(info).toEqual({
        engine: 'relaxed',
        threads: 1,
        sharedMemory: false,
        notes: [expect.stringContaining('cross-origin isolated')],
      });
    },
  );
});
