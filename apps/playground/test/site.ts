import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { launchBrowser } from '../../../test/browser/chromium.ts';
import { buildPage, type Files } from './build.ts';

export { hasBrowser } from '../../../test/browser/chromium.ts';

/** The built page on a server of its own, and a browser before it. */
export interface Site {
  readonly files: Files;
  readonly address: string;
  readonly browser: Browser;
  /**
   * Opens the page at a part of its address, such as `#steps?logits=1,2`. Whatever it complains of on its console, and
   * every request to another host, fails the test at {@link Visit.close}.
   */
  visit(hash: string, options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  readonly page: Page;
  /** Closes the page, and expects that it had nothing to complain of. */
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** What a page must be served with to share memory between threads. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

interface SiteOptions {
  /** With the headers that allow shared memory. Default: as a plain static host. */
  readonly isIsolated?: boolean;
  /** What the host has beside the page, or instead of a file of it. */
  readonly others?: (page: Files) => Files;
}

/** Serves the built page. */
export async function openSite({ isIsolated = false, others = () => new Map() }: SiteOptions = {}): Promise<Site> {
  const page = inject('page') ?? (await buildPage());
  const files = new Map([...page, ...others(page)]);
  const server = await serve(files, isIsolated ? isolation : {});
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await launchBrowser();
  return {
    files,
    address,
    browser,
    visit: (hash, options) => visit(browser, address, hash, options),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

async function visit(browser: Browser, address: string, hash: string, options?: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(data|blob):/.test(url)) complaints.push(`a request to ${url}`);
  });
  await page.goto(address + hash);
  await page.locator('main h1').waitFor();
  return {
    page,
    close: async () => {
      await context.close();
      expect(complaints).toEqual([]);
    },
  };
}

async function serve(files: Files, headers: Readonly<Record<string, string>>): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const path = url === '/' ? '/index.html' : url.split('?')[0];
    const file = files.get(path);
    const type = types[extname(path)] ?? 'application/octet-stream';
    response.writeHead(file === undefined ? 404 : 200, { ...headers, 'Content-Type': type });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Opens what is behind the button of settings. */
export async function openSettings(page: Page): Promise<void> {
  for (const fold of await page.locator('.settings-fold:not([open]) > summary').all()) await fold.click();
}

/** The number in the page that bears this name, to its last digit; see the component `Value`. */
export async function numberOn(page: Page, name: string): Promise<number> {
  return Number(await page.locator(`data[data-name="${name}"]`).first().getAttribute('value'));
}
