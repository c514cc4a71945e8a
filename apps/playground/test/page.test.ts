import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectGoodLook, machines, settled, tabs } from './looks.ts';
import { hasBrowser, openSite, type Site } from './site.ts';

/* One pass through the page; what each tab does and all looks of it are in the tests that take longer. */

describe.skipIf(!hasBrowser)('the page', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(async () => await site?.close());

  test.each(tabs.filter((tab) => !machines.includes(tab)))('%s reads out well and fits', async (tab) => {
    await expectGoodLook(site, tab, { colours: 'light', width: 1280, language: 'en' });
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
