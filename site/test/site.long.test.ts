import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser } from '../../test/browser/chromium.ts';
import { chapters } from '../chapters/index.ts';
import { chapterTitles, exerciseCounts, questionTitles } from '../chapters/titles.ts';
import { buildSite, type Files, type Host, openHost } from './built.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    axe: { run(context: { readonly exclude: string[] }): Promise<AxeResults> };
  }
}

const english = [
  ...Object.keys(chapterTitles).map((name) => `book/${name}.html`),
  ...Object.keys(questionTitles).map((name) => `questions/${name}.html`),
  'book/index.html',
  'book/worksheet.html',
  'guide/start.html',
  'guide/mnist.html',
  'reference.html',
  'index.html',
];
/** A chapter: what CI has time for, with `TAPEGRAD_SITE=some`. */
const some = ['book/softmax-loss.html'];
const isWhole = process.env.TAPEGRAD_SITE !== 'some';
if (!isWhole) console.log('TAPEGRAD_SITE=some: some pages of the site are read, and not all.');
const read = isWhole ? english : english.filter((path) => some.includes(path));
const paths = read.flatMap((path) => [path, `zh/${path}`]);

describe.skipIf(!hasBrowser)('the site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tapegrad-site-'));
  let files: Files;
  let host: Host;
  beforeAll(async () => {
    files = await buildSite(folder);
    host = await openHost(files);
  }, 300_000);
  afterAll(async () => {
    await host?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(paths)('%s loads little, reads out well and fits', async (path) => {
    host.asked();
    const isDark = path.startsWith('zh/');
    const { page, close } = await host.visit(path, {
      viewport: { width: 1280, height: 800 },
      colorScheme: isDark ? 'dark' : 'light',
    });
    const asked = new Set(host.asked());
    const bytes = [...asked].reduce((total, name) => total + sizeOf(files, name), 0);
    expect(bytes, `${path} loads ${[...asked].join(', ')}`).toBeLessThanOrEqual(200_000);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(isDark ? 'zh-Hans' : 'en');
    expect(await violationsOn(page)).toEqual([]);
    for (const width of [1280, 768, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        `at ${width}`,
      ).toBeLessThanOrEqual(0);
      // Bars of one picture begin in line, and sliders of one piece have one length.
      expect(await page.evaluate(unevenRows), `at ${width}`).toEqual([]);
    }
    await close();
  });

  test('text, formula and picture follow the reader’s numbers', async () => {
    const { page, close } = await host.visit('book/softmax-loss.html');
    const first = page.locator('[data-piece="loss"] input[type="number"]').first();
    await first.fill('1');
    await first.press('Enter');
    const shown = page.locator('.formula .katex-html [data-name="loss.loss"]').first();
    // Logits 1, 1 and −3.
    const wanted = Math.log(2 + Math.exp(-4));
    await expect.poll(async () => Number(await shown.getAttribute('value'))).toBeCloseTo(wanted, 12);
    expect(await page.locator('dd[data-name="loss.loss"]').textContent()).toBe(wanted.toFixed(4));
    await page.getByRole('button', { name: 'Reset' }).first().click();
    await expect.poll(() => page.locator('dd[data-name="loss.loss"]').textContent()).toBe('0.1291');
    await close();
  });

  test('a number typed into a grid changes the formula, and a tape is walked back step by step', async () => {
    const convolution = await host.visit('book/convolution.html');
    // x[1, 1], which stands under w[0, 0] = 1 where the page begins: y = −1 there, and 8 more.
    const cell = convolution.page.getByRole('spinbutton', { name: 'x₁₁' });
    await cell.fill('9');
    await cell.press('Enter');
    const shown = convolution.page.locator('dd[data-name="slide.y"]');
    await expect.poll(() => shown.textContent()).toBe('7');
    await convolution.close();
    const tape = await host.visit('book/tape.html');
    const walked = tape.page.locator('[data-piece="program"] input[type="number"]').last();
    await walked.fill('5');
    await walked.press('Enter');
    const weight = tape.page.locator('[data-piece="program"] tbody tr').first().locator('td').last();
    // L = (w·x + b − t)² with w = 2, x = 1.5, b = −1, t = 1: 2·1·1.5.
    await expect.poll(() => weight.textContent()).toBe('3');
    await tape.close();
  });

  test('an exercise says what was wrong, then that it is right, and remembers', async () => {
    const { page, close } = await host.visit('zh/book/softmax-loss.html');
    const exercise = page.locator('[data-exercise="softmax-loss/gradient"]');
    await exercise.getByRole('textbox').fill('0.5，-0.5');
    await exercise.getByRole('button', { name: '检查' }).click();
    expect(await exercise.getByRole('status').textContent()).toContain('y − p');
    await exercise.getByRole('textbox').fill('−1/2, 1/2');
    await exercise.getByRole('button', { name: '检查' }).click();
    expect(await exercise.getByRole('status').textContent()).toBe('正确。');
    await page.reload();
    await page.getByText(`已完成 1 / ${chapters[2].exercises.length} 道练习`).waitFor();
    await close();
  });

  test('a formula is checked by its values, and what cannot be read is told', async () => {
    const { page, close } = await host.visit('book/tape.html');
    const exercise = page.locator('[data-exercise="tape/product-formula"]');
    const status = exercise.getByRole('status');
    const answer = async (formula: string): Promise<void> => {
      await exercise.getByRole('textbox', { name: 'Your formula in x' }).fill(formula);
      await exercise.getByRole('button', { name: 'Check' }).click();
    };
    await answer('exp(x)');
    await status.filter({ hasText: 'The x in the exponent receives a part as well' }).waitFor();
    await answer('(1 + x) exp(x)');
    await status.filter({ hasText: 'Write a product with a star' }).waitFor();
    await answer('e^x·(x + 1)');
    await status.filter({ hasText: 'Right.' }).waitFor();
    await close();
  });

  test('both languages are searched, names of other tools too', async () => {
    for (const [path, query, title] of [
      ['index.html', 'cross_entropy', 'Reference'],
      ['index.html', 'logits', 'The dense layer and logits'],
      ['zh/index.html', '交叉熵', '熵、交叉熵与 KL 散度'],
      ['zh/index.html', '梯度下降', '梯度下降及其优化器'],
      ['index.html', 'KeepCheckpoints', 'After a break, and for more epochs'],
      ['zh/index.html', '检查点', '中断之后继续，以及训练更多轮次'],
    ]) {
      const { page, close } = await host.visit(path);
      await page.locator('.VPNavBarSearchButton').click();
      await page.locator('.VPLocalSearchBox input').fill(query);
      await page.locator('.VPLocalSearchBox .result', { hasText: title }).first().waitFor();
      await close();
    }
  });

  test('from page to page, into the Lab and the reference, in a folder nobody named', async () => {
    const { page, close } = await host.visit('index.html');
    await page.getByRole('link', { name: 'Read the book' }).click();
    await page.getByRole('link', { name: 'Entropy, cross-entropy and KL' }).last().click();
    await page.locator('h1', { hasText: 'Entropy' }).waitFor();
    await page.locator('.VPDocFooter a').last().click();
    await page.locator('h1', { hasText: 'Regression' }).waitFor();
    await page.locator('.VPNavBar').getByRole('link', { name: 'Lab' }).click();
    await page.waitForURL('**/some/folder/lab/index.html**');
    await page.locator('main h1').waitFor();
    await close();
  });

  test('a link to the Lab from before the site leads there', async () => {
    const page = await host.browser.newPage({ serviceWorkers: 'block' });
    await page.goto(`${host.address}#losses?residual=2`);
    await page.waitForURL(
      ({ pathname, hash }) => pathname === '/some/folder/lab/index.html' && hash.startsWith('#losses'),
    );
    await page.locator('main h1').waitFor();
    await page.close();
  });

  test('names of other tools lead to the reference', async () => {
    const { page, close } = await host.visit('reference.html');
    const link = page.getByRole('link', { name: 'huberLoss' }).first();
    // Only where `npx pnpm reference` was run before.
    if (files.has('reference/index.html')) {
      await link.click();
      await page.locator('h1', { hasText: 'huberLoss' }).waitFor();
    } else expect(await link.count()).toBe(0);
    await close();
  });

  test('once visited, the book is read without a network', async () => {
    const { page, close } = await host.visit('book/softmax.html', { serviceWorkers: 'allow' });
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.context().setOffline(true);
    await page.goto(`${host.address}zh/book/hinge.html`);
    await page.locator('[data-piece="margin"] input[type="number"]').fill('0.5');
    await page.goto(`${host.address}book/`);
    await page.locator('.contents').waitFor();
    await close();
  });

  test('a worksheet has the exercises of a chapter, for teachers with answers', async () => {
    const { page, close } = await host.visit('book/worksheet.html');
    // A chapter that is loaded when it is chosen, with another number of exercises than the first.
    await page.getByRole('combobox', { name: 'Chapter' }).selectOption('convolution');
    await page.locator('.worksheet h2', { hasText: 'The convolution layer' }).waitFor();
    expect(await page.locator('.worksheet ol > li').count()).toBe(exerciseCounts.convolution);
    await page.getByRole('combobox', { name: 'Chapter' }).selectOption('hinge');
    await page.locator('.worksheet h2', { hasText: 'Hinge loss' }).waitFor();
    expect(await page.locator('.worksheet ol > li').count()).toBe(chapters[5].exercises.length);
    expect(await page.locator('.worksheet .answer').count()).toBe(0);
    await page.getByRole('checkbox', { name: 'With answers' }).check();
    expect(await page.locator('.worksheet .answer').first().textContent()).toBe('0.6');
    await close();
  });

  test('nothing of the folder it was built for is left', () => {
    const left = [...files].filter(
      ([name, file]) => /\.(html|js|css)$/.test(name) && Buffer.from(file).includes('/__base__/'),
    );
    expect(left.map(([name]) => name)).toEqual([]);
  });
});

/** The pictures whose bars do not begin in line, and the pieces whose sliders differ in length. */
function unevenRows(): string[] {
  const uneven = (group: string, row: string, side: 'left' | 'width'): string[] =>
    [...document.querySelectorAll(group)]
      .filter((element) => {
        const sides = [...element.querySelectorAll(row)].map((one) => Math.round(one.getBoundingClientRect()[side]));
        return new Set(sides).size > 1;
      })
      .map((element) => `${group}: ${element.textContent?.slice(0, 40)}`);
  return [...uneven('.bars', '.bar-track', 'left'), ...uneven('.live .knobs', 'input[type="range"]', 'width')];
}

/** What a host with compression sends for a file; fonts are compressed already. */
function sizeOf(files: Files, name: string): number {
  const file = files.get(name) ?? new Uint8Array();
  return name.endsWith('.woff2') ? file.length : gzipSync(file, { level: 9 }).length;
}

/** What axe objects to; formulas as they are drawn are hidden from readers of the screen, who get MathML. */
async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run({ exclude: ['.katex-html'] }));
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
  );
}
