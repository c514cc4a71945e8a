import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openSite, type Site } from './site.ts';

const tabs = ['steps', 'losses', 'distributions', 'breaking', 'convolution', 'training'] as const;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Where pictures of the page are kept for people to look at; without it they are taken and dropped. */
const pictures = process.env.TAPEGRAD_PICTURES;

declare global {
  interface Window {
    axe: { run(): Promise<AxeResults> };
  }
}

describe.skipIf(!hasBrowser)('the page', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(async () => await site?.close());

  describe.each(tabs)('%s', (tab) => {
    test.each([
      ['light', 1280, 'en'],
      ['dark', 390, 'zh'],
    ] as const)('in %s colours, %i wide, in %s: reads out well and fits', async (colorScheme, width, language) => {
      const options = { colorScheme, viewport: { width, height: 850 }, reducedMotion: 'reduce' as const };
      const { page, close } = await site.visit(`#${tab}?language=${language}`, options);
      await settled(page);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language === 'zh' ? 'zh-Hans' : 'en');
      expect(await violationsOn(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      const picture = await page.screenshot({ fullPage: true });
      // A page of one colour compresses to next to nothing.
      expect(picture.length).toBeGreaterThan(20_000);
      keep(`${tab}-${colorScheme}-${width}-${language}.png`, picture);
      await close();
    });
  });

  test('the keyboard goes from tab to tab, past the skip link', async () => {
    const { page, close } = await site.visit('');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    for (const tab of tabs) {
      await page.locator(`nav a[href="#${tab}"]`).focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction((tab) => location.hash.startsWith(`#${tab}`), tab);
      await page.locator(`nav a[href="#${tab}"][aria-current="page"]`).waitFor();
      await page.locator('main h1').waitFor();
    }
    await close();
  });

  test('language and colours are chosen, and kept for the next visit', async () => {
    const { page, close } = await site.visit('#distributions');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('combobox', { name: '配色' }).selectOption('dark');
    await page.reload();
    await page.locator('main h1').waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-Hans');
    expect(await page.evaluate(() => document.documentElement.style.colorScheme)).toBe('dark');
    await close();
  });

  test('an address that makes no sense opens the first tab', async () => {
    const { page, close } = await site.visit('#__proto__?logits=%E0%A4%A&target=[]&language=constructor&theme=9');
    await settled(page);
    expect(await page.locator('nav a[aria-current]').getAttribute('href')).toBe('#steps');
    await close();
  });

  test('the first load is at most 200 kB, compressed, and the page answers soon', async () => {
    const loaded = new Map<string, number>();
    const page = await site.browser.newPage();
    page.on('response', (response) => {
      const path = new URL(response.url()).pathname;
      loaded.set(path, sizeOf(site, path));
    });
    await page.goto(site.address);
    await page.locator('main h1').waitFor();
    const ready = await page.evaluate(() => performance.now());
    await settled(page);
    await page.close();
    const total = [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0);
    console.log(
      `the first load: ${total} bytes compressed, in ${loaded.size} files; the tab stands after ${Math.round(ready)} ms`,
    );
    console.table([...loaded].map(([path, bytes]) => ({ path, bytes })));
    expect(total).toBeGreaterThan(100_000);
    expect(total).toBeLessThanOrEqual(200_000);
  });
});

/** What a static host with compression sends for a path; fonts are compressed already. */
function sizeOf(site: Site, path: string): number {
  const file = site.files.get(path === '/' ? '/index.html' : path);
  if (file === undefined) throw new Error(`nothing at ${path}`);
  return path.endsWith('.woff2') ? file.length : gzipSync(file, { level: 9 }).length;
}

/** Waits until the tab shows what it computes: no request and no new node for a moment. */
async function settled(page: Page): Promise<void> {
  await page.locator('main h1').waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let quiet = setTimeout(resolve, 300);
        const watching = new MutationObserver(() => {
          clearTimeout(quiet);
          quiet = setTimeout(resolve, 300);
        });
        watching.observe(document.body, { subtree: true, childList: true, characterData: true });
        setTimeout(resolve, 3000);
      }),
  );
}

async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
  );
}

function keep(name: string, picture: Uint8Array): void {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  writeFileSync(join(pictures, name), picture);
}
