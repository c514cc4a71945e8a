import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Tape, type TensorLike, tensor } from '@tapegrad/core';
import { softmaxCrossEntropy } from '@tapegrad/nn';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, numberOn, openSite, type Site } from './site.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe complains of in the page as it stands. */
async function complaintsOf(page: Page): Promise<unknown> {
  await page.evaluate(axe);
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))',
  );
}

const isWithin = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

function gradientOf(logits: TensorLike, record: (z: ReturnType<typeof tensor>) => ReturnType<typeof tensor>): number[] {
  using tape = new Tape();
  const z = tape.watch(logits);
  return Array.from(tape.gradients(record(z)).get(z).read());
}

describe.skipIf(!hasBrowser)('the tab that breaks things', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 120_000);
  afterAll(() => site?.close());

  test('asks first, then runs, explains and fixes; the address keeps what was set', async () => {
    const { page, close } = await site.visit('#breaking');
    const result = page.locator('.breaking-result');
    expect(await page.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true);
    expect(await result.locator('data').count()).toBe(0);

    await page.getByRole('radio', { name: 'Infinity' }).check();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await result.locator('[data-end="nan"]').waitFor();
    expect(await result.textContent()).toContain('You predicted: Infinity.');
    expect(await result.locator('.library-words [lang="en"]').textContent()).toBe(
      'gradients: the loss is NaN; the first step with NaN or infinity is %1 [1, 3] exp(x: %0); wanted a finite loss. Look at the inputs and the learning rate, or pass `nonFinite: "allow"` to see where it flows.',
    );
    expect(await numberOn(page, 'broken-loss')).toBeNaN();

    // Where float64 ends, found by typing; then one less.
    await page.locator('.breaking-controls label', { hasText: 'float64' }).click();
    await page.getByLabel('Logit z₀').fill('710');
    await result.locator('[data-end="nan"]').waitFor();
    await page.getByLabel('Logit z₀').press('ArrowDown');
    await result.locator('[data-end="right"]').waitFor();
    await page.locator('.breaking-controls .choice').first().locator('label', { hasText: '1' }).click();
    await page.getByRole('button', { name: 'Run the fixed version' }).click();
    const mended = page.locator('.breaking-mended');
    await mended.locator('[data-end="right"]').waitFor();
    const logits = tensor([[709, 0, 0]], { dtype: 'float64' });
    expect(await numberOn(page, 'mended-loss')).toBeCloseTo(softmaxCrossEntropy(logits, [1]).item(), 12);
    const gradient = gradientOf(logits, (z) => softmaxCrossEntropy(z, [1]));
    for (const [at, slope] of gradient.entries()) {
      expect(await numberOn(page, `mended-gradient-${at}`)).toBeCloseTo(slope, 12);
    }

    await page.waitForFunction(() => location.hash.includes('logit=709'));
    expect(await page.evaluate(() => location.hash)).toBe('#breaking?logit=709&right=1&type=float64&language=en');
    await page.reload();
    expect(await page.getByLabel('Logit z₀').inputValue()).toBe('709');
    expect(await page.locator('.breaking-result data').count()).toBe(0);
    await close();
  });

  test.each([
    ['twice', 'higher', 'PROBABILITIES_AS_LOGITS'],
    ['label', 'error', 'VALUE'],
    ['column&by=mseLoss', 'error', 'SHAPE'],
    ['weights&given=one', 'error', 'SHAPE'],
    ['ignored', 'nan', 'ALL_TARGETS_IGNORED'],
    ['rate', 'diverges', 'NON_FINITE'],
    ['dead', 'stuck', 'LOSS_AT_CHANCE'],
  ])('%s ends in %s, and the library says %s', async (experiment, end, code) => {
    const { page, close } = await site.visit(`#breaking?experiment=${experiment}`);
    await page.getByRole('button', { name: 'Run without a prediction' }).click();
    await page.locator(`.breaking-result [data-end="${end}"]`).waitFor();
    expect(await page.locator('.breaking-says code').first().textContent()).toBe(code);
    await page.getByRole('button', { name: 'Run the fixed version' }).click();
    await page.locator('.breaking-mended [data-end]').waitFor();
    expect(await page.locator('.breaking-mended [data-end]').getAttribute('data-end')).not.toBe(end);
    await close();
  });

  test('by keyboard, in Chinese, on a narrow page, in both themes', async () => {
    for (const theme of ['light', 'dark']) {
      const { page, close } = await site.visit(`#breaking?experiment=rate&language=zh&theme=${theme}`, {
        viewport: { width: 360, height: 740 },
      });
      expect(await page.locator('h1').textContent()).toBe('训练为什么会出错？');
      await page.locator('.breaking-prediction input').first().focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('.breaking-result [data-end="diverges"]').waitFor();
      await page.locator('.breaking-result button.primary').press('Enter');
      await page.locator('.breaking-mended [data-end="smooth"]').waitFor();
      await page.locator('.breaking-mended svg').nth(1).waitFor();
      expect(await isWithin(page)).toBe(true);
      expect(await complaintsOf(page)).toEqual([]);
      await close();
    }
  });
});
