import { readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../browser/chromium.ts';
import { serve } from '../browser/served.ts';
import { blocksOf, readDocument } from '../snippets.ts';
import { installStrictly, packAll, temporaryFolder } from './packed.ts';

/* The page of docs/start.md, word for word, with the one file that it asks for. */

const [page] = blocksOf(readDocument('docs/start.md')).filter(({ language }) => language === 'html');

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
      ['/page.js', script],
    ]),
    {},
  );
}, 120_000);
afterAll(() => {
  server?.close();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!hasBrowser)('a page trains without a bundler', async () => {
  const browser = await launchBrowser();
  try {
    const tab = await browser.newPage();
    const complaints: string[] = [];
    tab.on('pageerror', (error) => complaints.push(String(error)));
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await tab.waitForFunction(() => document.querySelector('output')?.textContent === 'loss 0.000', {
      timeout: 20_000,
    });
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
});
