import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { log, softmax, Tape, tensor } from '@tapegrad/core';
import {
  crossEntropyOfDistributions,
  entropy,
  jensenShannonDivergence,
  klDivergence,
  type LogarithmBase,
} from '@tapegrad/nn';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testOfLooks } from './looks.ts';
import { hasBrowser, numberOn, openSettings, openSite, type Site } from './site.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const violationsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`),
  );
};

const shows = async (page: Page, name: string, wanted: number): Promise<void> => {
  const seen = expect.poll(() => numberOn(page, name), { timeout: 8000, message: name });
  if (Number.isFinite(wanted)) await seen.toBeCloseTo(wanted, 12);
  else await seen.toBe(wanted);
};

/** All measures on the page are those of the library for these two distributions. */
async function expectMeasures(page: Page, p: readonly number[], q: readonly number[], base: LogarithmBase = 'e') {
  const [first, second] = [p, q].map((shares) => tensor(shares, { dtype: 'float64' }));
  const forward = klDivergence({ of: first, from: second, base }).item();
  await shows(page, 'entropy-p', entropy(first, { base }).item());
  await shows(page, 'entropy-q', entropy(second, { base }).item());
  await shows(page, 'cross-entropy-pq', crossEntropyOfDistributions({ of: first, under: second, base }).item());
  await shows(page, 'cross-entropy-qp', crossEntropyOfDistributions({ of: second, under: first, base }).item());
  await shows(page, 'kl-pq', forward);
  await shows(page, 'kl-qp', klDivergence({ of: second, from: first, base }).item());
  await shows(page, 'js', jensenShannonDivergence(first, second, { base }).item());
  await shows(page, 'sum-pq', forward);
}

const sharesIn = async (page: Page, name: 'p' | 'q'): Promise<number[]> => {
  const hash = await page.evaluate(() => location.hash);
  return (new URLSearchParams(hash.split('?')[1]).get(name) ?? '').split(',').map(Number);
};

describe.skipIf(!hasBrowser)('distributions', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 60_000);
  afterAll(async () => await site?.close());

  test('bars are dragged, moved by keys and typed; the others scale along', async () => {
    const { page, close } = await site.visit('#distributions?p=0.5,0.3,0.2&q=0.2,0.2,0.6');
    await expectMeasures(page, [0.5, 0.3, 0.2], [0.2, 0.2, 0.6]);
    await page.getByRole('spinbutton', { name: 'P, A' }).fill('0.75');
    await expectMeasures(page, [0.75, 0.15, 0.1], [0.2, 0.2, 0.6]);
    await page.getByRole('slider', { name: 'Q(C)' }).focus();
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    await expectMeasures(page, [0.75, 0.15, 0.1], [0.3, 0.3, 0.4]);
    const bar = page.locator('[data-bar="Q-0"]');
    const grip = await bar.locator('.distributions-grip').boundingBox();
    if (!grip) throw new Error('no bar');
    await page.mouse.move(grip.x + grip.width / 2, grip.y + 2);
    await page.mouse.down();
    await page.mouse.move(grip.x + grip.width / 2, grip.y - 60, { steps: 4 });
    await page.mouse.up();
    const dragged = Number(await bar.getAttribute('aria-valuenow'));
    expect(dragged).toBeGreaterThan(0.5);
    await page.waitForFunction((start) => location.hash.includes(`&q=${start},`), String(dragged));
    const q = await sharesIn(page, 'q');
    expect(q.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(q[1] / q[2]).toBeCloseTo(3 / 4, 4);
    await expectMeasures(page, await sharesIn(page, 'p'), q);
    await page.reload();
    await expectMeasures(page, await sharesIn(page, 'p'), q);
    await close();
  });

  test.each([
    ['2', 2],
    ['10', 10],
  ] as const)('in base %s, with the gradients by q and by its logits', async (name, base) => {
    const [p, q] = [
      [0.5, 0.25, 0.125, 0.125],
      [0.125, 0.125, 0.25, 0.5],
    ];
    const { page, close } = await site.visit(`#distributions?p=${p}&q=${q}&base=${name}`);
    await expectMeasures(page, p, q, base);
    using tape = new Tape();
    const of = tensor(p, { dtype: 'float64' });
    const believed = tape.watch(tensor(q, { dtype: 'float64' }));
    const logits = tape.watch(log(tensor(q, { dtype: 'float64' })));
    const byQ = tape
      .gradients(klDivergence({ of, from: believed, base }))
      .get(believed)
      .read();
    const byLogits = tape
      .gradients(klDivergence({ of: softmax(logits), from: of, base }))
      .get(logits)
      .read();
    for (let c = 0; c < p.length; c++) {
      await shows(page, `pq-by-q-${c}`, byQ[c]);
      await shows(page, `qp-by-logit-${c}`, byLogits[c]);
      await shows(page, `term-pq-${c}`, (p[c] * Math.log(p[c] / q[c])) / Math.log(base));
    }
    await close();
  });

  test('says whether it is symmetric, and why it is infinite', async () => {
    const { page, close } = await site.visit('#distributions');
    const verdict = page.locator('.distributions-verdict');
    await page.getByRole('button', { name: 'Mirrored' }).click();
    await expect.poll(() => verdict.textContent()).toContain('Here yes');
    await expectMeasures(page, [0.7, 0.2, 0.1], [0.1, 0.2, 0.7]);
    await page.getByRole('button', { name: 'One impossible' }).click();
    await expect.poll(() => verdict.textContent()).toContain('D(Q‖P) is ∞, for C happens under Q');
    await expectMeasures(page, [0.6, 0.4, 0], [0.4, 0.3, 0.3]);
    // Where the divergence is infinite there is no gradient, and none is shown.
    expect(await page.locator('data[data-name^="qp-by"]').count()).toBe(0);
    expect(await page.locator('data[data-name^="pq-by-logit"]').count()).toBe(3);
    await page.getByRole('button', { name: 'Disjoint' }).click();
    await expect.poll(() => verdict.textContent()).toContain('Both are ∞');
    await shows(page, 'js', Math.LN2);
    await page.getByRole('button', { name: 'Uniform against peaked' }).click();
    await expect.poll(() => verdict.textContent()).toMatch(/^No\. D\(P‖Q\) is larger by/);
    await openSettings(page);
    await page.getByRole('button', { name: 'Add an outcome' }).click();
    await expectMeasures(page, [0.25, 0.25, 0.25, 0.25, 0], [0.91, 0.03, 0.03, 0.03, 0]);
    await page.getByRole('button', { name: 'Swap P and Q' }).click();
    await expectMeasures(page, [0.91, 0.03, 0.03, 0.03, 0], [0.25, 0.25, 0.25, 0.25, 0]);
    await close();
  });

  test('the identity holds to the last bits, and its error is shown as it is', async () => {
    const { page, close } = await site.visit('#distributions');
    const [p, q] = [
      [0.5, 0.25, 0.15, 0.1],
      [0.1, 0.2, 0.3, 0.4],
    ].map((shares) => tensor(shares, { dtype: 'float64' }));
    const difference = crossEntropyOfDistributions({ of: q, under: p }).item() - entropy(q).item();
    const apart = klDivergence({ of: q, from: p }).item() - difference;
    await expect.poll(() => numberOn(page, 'apart-QP')).toBe(apart);
    expect(Math.abs(apart)).toBeLessThan(1e-15);
    await close();
  });

  testOfLooks.each(['light', 'dark'] as const)(
    'in %s it reads out well, on a narrow page, in Chinese',
    async (colorScheme) => {
      const { page, close } = await site.visit('#distributions?language=zh&p=1,2,3,4,5,6,7,0&q=1', {
        colorScheme,
        viewport: { width: 360, height: 740 },
      });
      await page.locator('data[data-name="js"]').waitFor();
      expect(await page.locator('main h1').textContent()).toBe('两个概率分布相差多远？');
      expect(await violationsOn(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await close();
    },
  );
});
