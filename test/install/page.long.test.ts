import { readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../browser/chromium.ts';
import { serve } from '../browser/served.ts';
import { blocksOf, readDocument } from '../snippets.ts';
import { installStrictly, packAll, temporaryFolder } from './packed.ts';

/* The pages of docs/start.md, word for word, with the one file that they ask for. */

const blocks = blocksOf(readDocument('docs/start.md'));
const [page, pageWithWorker] = blocks.filter(({ language }) => language === 'html');
const [worker] = blocks.filter(({ language }) => language === 'js');

let folder = '';
let server: Server;
beforeAll(async () => {
  if (!hasBrowser) return;
  folder = temporaryFolder();
  installStrictly(packAll(folder), folder, ['tapegrad']);
  const script = readFileSync(join(folder, 'node_modules/tapegrad/dist/page.js'), 'utf8');
  server = await serve(
    new Map([
      ['/index.html', page.text],
      ['/inWorker.html', pageWithWorker.text],
      ['/worker.js', worker.text],
      ['/page.js', script],
    ]),
    {},
  );
}, 120_000);
afterAll(() => {
  server?.close();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

/** Opens a page, does something there, and expects that it complained of nothing. */
async function open(path: string, at: (tab: Page) => Promise<void>): Promise<void> {
  const browser = await launchBrowser();
  try {
    const tab = await browser.newPage();
    const complaints: string[] = [];
    tab.on('pageerror', (error) => complaints.push(String(error)));
    tab.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`);
    await at(tab);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
}

test.skipIf(!hasBrowser)('a page trains without a bundler', () =>
  open('', async (tab) => {
    await tab.waitForFunction(() => document.querySelector('output')?.textContent === 'loss 0.000', {
      timeout: 20_000,
    });
  }),
);

test.skipIf(!hasBrowser)('a page trains in a worker, which hears that it is to stop, and takes over the weights', () =>
  open('inWorker.html', async (tab) => {
    const written = tab.locator('output');
    const stepAndLoss = async (): Promise<readonly number[]> =>
      /step (\d+), loss ([\d.]+)/
        .exec((await written.textContent()) ?? '')
        ?.slice(1)
        .map(Number) ?? [];
    await tab.getByText('train').click();
    await tab.waitForFunction(() => document.querySelector('output')?.textContent?.startsWith('step'));
    const [firstStep, firstLoss] = await stepAndLoss();
    await tab.waitForFunction((step) => {
      const now = /step (\d+)/.exec(document.querySelector('output')?.textContent ?? '')?.[1];
      return Number(now) >= step + 100;
    }, firstStep);
    await tab.getByText('stop').click();
    await tab.waitForFunction(() => document.querySelector('output')?.textContent?.endsWith(': trained, 10 scores'));
    const [lastStep, lastLoss] = await stepAndLoss();
    // 1000 epochs of 40 steps were planned.
    expect(lastStep).toBeLessThan(40_000);
    expect(lastLoss).toBeLessThan(firstLoss);
  }),
);
