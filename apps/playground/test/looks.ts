import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Site } from './site.ts';

export const tabs = [
  'steps',
  'losses',
  'distributions',
  'expression',
  'breaking',
  'margins',
  'layers',
  'depth',
  'optimisers',
  'convolution',
  'training',
] as const;

/** For tests of other languages, colours and widths than `page.test.ts` has: CI has no time for them. */
const isShort = process.env.TAPEGRAD_LOOKS === 'some';
if (isShort) console.log('TAPEGRAD_LOOKS=some: tabs are not looked at in other languages, colours and widths.');
export const testOfLooks = test.skipIf(isShort);

/** Those whose light look `machines.long.test.ts` checks on its way. */
export const machines: readonly string[] = ['margins', 'layers', 'depth', 'optimisers'];

/** How a visitor sees the page. */
export interface Look {
  readonly colours: 'light' | 'dark';
  readonly width: number;
  readonly language: 'en' | 'zh';
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Where pictures of the page are kept for people to look at; without it they are taken and dropped. */
const pictures = process.env.TAPEGRAD_SCREENSHOTS;

declare global {
  interface Window {
    axe: { run(): Promise<AxeResults> };
  }
}

/** Expects that a tab reads out well and fits, and takes its picture. */
export async function expectGoodLook(site: Site, tab: string, { colours, width, language }: Look): Promise<void> {
  const options = { colorScheme: colours, viewport: { width, height: 850 }, reducedMotion: 'reduce' as const };
  const { page, close } = await site.visit(`#${tab}?language=${language}`, options);
  await settled(page);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(language === 'zh' ? 'zh-Hans' : 'en');
  await expectReadable(page, `${tab}-${colours}-${width}-${language}.png`);
  await close();
}

/** Expects that the page as it stands reads out well and fits, and takes its picture. */
export async function expectReadable(page: Page, name: string): Promise<void> {
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const picture = await page.screenshot({ fullPage: true });
  // A page of one colour compresses to next to nothing.
  expect(picture.length).toBeGreaterThan(20_000);
  keep(name, picture);
}

/** Waits until the tab shows what it computes: no request and no new node for a moment. */
export async function settled(page: Page): Promise<void> {
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
