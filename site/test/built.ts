import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vitepress';
import { expect } from 'vitest';
import { launchBrowser } from '../../test/browser/chromium.ts';
import { unknownBase } from '../build/relativeBase.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The site as a host has it, by path from its own folder. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** Builds the site as `npx pnpm site:build` does. */
export async function buildSite(outDir: string): Promise<Files> {
  await build(root, { base: unknownBase, outDir });
  const paths = readdirSync(outDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => [
      path
        .slice(outDir.length + 1)
        .split(sep)
        .join('/'),
      readFileSync(path),
    ]),
  );
}

export interface Host {
  readonly address: string;
  readonly browser: Browser;
  /** The files that were asked for since the last call. */
  asked(): string[];
  visit(path: string, options?: BrowserContextOptions): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  readonly page: Page;
  /** Closes the page, and expects that it had nothing to complain of and asked no other host. */
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Serves the site in a folder that it was not told of, as a static host does. */
export async function openHost(files: Files): Promise<Host> {
  const asked: string[] = [];
  const server = createServer(({ url = '/' }, response) => {
    const [path] = url.split('?');
    const name = path.replace(/^\/some\/folder\//, '').replace(/(^|\/)$/, '$1index.html');
    const file = path.startsWith('/some/folder/') ? files.get(decodeURIComponent(name)) : undefined;
    if (file) asked.push(name);
    // Browsers look for an icon of the host where a page names none, as those of the reference.
    response.writeHead(file ? 200 : path === '/favicon.ico' ? 204 : 404, {
      'Content-Type': types[extname(name)] ?? 'application/octet-stream',
    });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/folder/`;
  const browser = await launchBrowser();
  return {
    address,
    browser,
    asked: () => asked.splice(0),
    visit: (path, options) => visit(browser, address, path, options),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function visit(browser: Browser, address: string, path: string, options?: BrowserContextOptions): Promise<Visit> {
  // The worker that keeps the site for reading offline would load all of it each time.
  const context = await browser.newContext({ serviceWorkers: 'block', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // What Playwright itself says of the worker that it blocks.
    const isOwn = message.text().includes('Service Worker registration blocked by Playwright');
    if (['error', 'warning'].includes(message.type()) && !isOwn) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(data|blob):/.test(url)) complaints.push(`a request to ${url}`);
  });
  await page.goto(address + path);
  // The page stands, its script has taken over, and its fonts are there.
  await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}));
  await page.evaluate(async () => void (await document.fonts.ready));
  return {
    page,
    close: async () => {
      await context.close();
      expect(complaints, path).toEqual([]);
    },
  };
}
