import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtInDigits } from '@tapegrad/datasets';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../../../test/browser/chromium.ts';
import type { Metric } from '../src/metrics.ts';
import { commandLine, type Options } from '../src/options.ts';
import { Journal } from '../src/report/journal.ts';
import { trainReported } from '../src/report/trainReported.ts';
import type { Outcome } from '../src/train.ts';

const data = builtInDigits({ train: 1280, test: 300 });

describe.skipIf(!hasBrowser)('a report in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tapegrad-page-'));
  const file = join(folder, 'report.html');
  const metrics: Metric[] = [];
  let browser: Browser;
  let outcome: Outcome;

  beforeAll(async () => {
    const options = commandLine()
      .parse(['--digits', '--epochs', '2', '--batch-size', '64'], { from: 'user' })
      .opts<Options>();
    const { signal } = new AbortController();
    outcome = await trainReported(file, data, options, {
      say: () => {},
      record: (metric) => metrics.push(metric),
      stop: signal,
      journal: new Journal(),
    });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens the report from the disk, looks, and expects that it asked for nothing and complained of nothing. */
  async function look(
    { width = 1280, colorScheme = 'light' }: { width?: number; colorScheme?: 'light' | 'dark' },
    at: (page: Page) => Promise<void>,
    bypassCSP = false,
  ): Promise<void> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, bypassCSP });
    const [requests, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(pathToFileURL(file).href);
    await at(page);
    await page.close();
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(file).href]);
    expect(complaints).toEqual([]);
  }

  test('opens from the disk with all its pictures, and tells the numbers of the run', async () => {
    await look({}, async (page) => {
      const keys = await page.locator('.key dd').allTextContents();
      const wrong = Math.round(300 * (1 - outcome.testAccuracy));
      expect(keys.slice(0, 2)).toEqual([`${(100 * outcome.testAccuracy).toFixed(2)} %`, `${wrong} of 300`]);
      const epochs = metrics.flatMap((metric) => (metric.kind === 'epoch' ? [metric] : []));
      expect(keys[2]).toBe(epochs[1].testLoss.toFixed(4));
      const rows = page.locator('section:has(> h3:text-is("Epochs")) tbody tr');
      for (const [at, { epoch, step, meanLoss, testLoss, testAccuracy }] of epochs.entries()) {
        const cells = await rows.nth(at).locator('th, td').allTextContents();
        const accuracy = `${(100 * testAccuracy).toFixed(2)} %`;
        expect(cells.slice(0, 5)).toEqual([`${epoch}`, `${step}`, meanLoss.toFixed(4), testLoss.toFixed(4), accuracy]);
      }
      const matrix = (await page.locator('.matrix tbody td').allTextContents()).map(Number);
      expect(matrix.reduce((sum, count) => sum + count, 0)).toBe(300);
      expect(matrix.filter((_, at) => at % 11 === 0).reduce((sum, count) => sum + count, 0)).toBe(300 - wrong);
      expect(await page.locator('.worst li').count()).toBe(Math.min(25, wrong));
      expect(await page.locator('.filters li').count()).toBe(32);
      const sizes = await page
        .locator('.worst img, .filters img')
        .evaluateAll((images) => images.map((each) => (each instanceof HTMLImageElement ? each.naturalWidth : 0)));
      expect(sizes).toEqual([...new Array(Math.min(25, wrong)).fill(28), ...new Array(32).fill(5)]);
      expect(await page.locator('.chart svg path').count()).toBeGreaterThan(20);
    });
  });

  test('shows which pixels spoke for what the model named, and what its layers make of an image', async () => {
    await look({}, async (page) => {
      const wrong = Math.min(3, Math.round(300 * (1 - outcome.testAccuracy)));
      const rows = page.locator('.looks tbody tr');
      // Three that come first, and three that were named wrong; one image may be both.
      expect(await rows.count()).toBeGreaterThanOrEqual(3);
      expect(await rows.count()).toBeLessThanOrEqual(3 + wrong);
      expect(await page.locator('.looks thead th').allTextContents()).toEqual([
        ...['image', 'saliency', 'Grad-CAM', 'occlusion'],
      ]);
      const widths = await rows
        .nth(0)
        .locator('img')
        .evaluateAll((images) => images.map((each) => (each instanceof HTMLImageElement ? each.naturalWidth : 0)));
      expect(widths).toEqual([28, 28, 28, 10]);
      expect(await page.locator('.maps').count()).toBeGreaterThanOrEqual(4);
    });
  });

  const looks = [
    [1280, 'light'],
    [390, 'dark'],
    [1280, 'dark'],
    [390, 'light'],
  ] as const;
  // CI has time for two of them.
  test.each(process.env.TAPEGRAD_LOOKS === 'some' ? looks.slice(0, 2) : looks)(
    '%i px wide, %s: nothing sticks out, and axe finds nothing',
    async (width, colorScheme) => {
      // The page lets no script run; axe is one.
      await look(
        { width, colorScheme },
        async (page) => {
          await page.locator('details').evaluateAll((all) => {
            for (const each of all) each.setAttribute('open', '');
          });
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
          await page.evaluate(axe.source);
          const found = await page.evaluate<AxeResults>('axe.run()');
          expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
          expect(found.passes.length).toBeGreaterThan(15);
        },
        true,
      );
    },
  );

  test('lines stand out from their card, light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await look({ colorScheme }, async (page) => {
        const strokes = await page
          .locator('.chart svg path[stroke^="var(--line"]')
          .evaluateAll((paths) => paths.map((path) => getComputedStyle(path).stroke));
        expect(strokes.length).toBeGreaterThan(5);
        for (const stroke of strokes) expect(stroke).toMatch(/^rgb\(/);
        expect(strokes).toContain(colorScheme === 'light' ? 'rgb(0, 114, 178)' : 'rgb(86, 180, 233)');
      });
    }
  });
});
