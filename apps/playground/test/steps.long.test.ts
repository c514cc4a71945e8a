import { readFileSync } from 'node:fs';
import { divide, exp, log, max, multiply, oneHot, silence, softmax, subtract, sum, Tape, tensor } from '@tapegrad/core';
import { softmaxCrossEntropy } from '@tapegrad/nn';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testOfLooks } from './looks.ts';
import { hasBrowser, numberOn, openSite, type Site } from './site.ts';

const axe = readFileSync(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

const box = (page: Page, name: string) => page.locator(`.steps-box[data-step="${name}"]`);

async function violations(page: Page): Promise<unknown> {
  await page.evaluate(axe);
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
  );
}

/** Waits until a number of the page is what it should be, and says what it is where it never gets there. */
async function expectNumbers(page: Page, names: (index: number) => string, wanted: readonly number[]): Promise<void> {
  await expect
    .poll(
      async () => {
        const errors = await Promise.all(
          wanted.map(async (number, i) => Math.abs((await numberOn(page, names(i))) - number)),
        );
        return Math.max(...errors);
      },
      { timeout: 5000, message: names(0) },
    )
    .toBeLessThanOrEqual(1e-12);
}

describe.skipIf(!hasBrowser)('the step machine', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 60_000);
  afterAll(() => site?.close());

  test('what it shows is what the library computes', async () => {
    const { page, close } = await site.visit(
      '#steps?logits=0.5,-1,2_1,0.25,-2&labels=2,0&smoothing=0.1&weights=1,0.5,2&base=2&row=1&at=backward-logits',
    );
    const logits = [
      [0.5, -1, 2],
      [1, 0.25, -2],
    ];
    using tape = new Tape();
    const z = tape.watch(tensor(logits, { dtype: 'float64' }));
    const options = { labelSmoothing: 0.1, weight: [1, 0.5, 2] };
    const loss = divide(softmaxCrossEntropy(z, [2, 0], options), Math.LN2);
    const gradients = tape.gradients(loss, { differentiable: true });
    const gradient = gradients.get(z);
    const second = tape.gradients(gradient, {
      cotangent: tensor(Float64Array.of(0, 0, 0, 1, 0, 0), { shape: [2, 3] }),
      withRespectTo: [z],
    });
    await expectNumbers(page, () => 'fused-loss', [loss.item()]);
    await expectNumbers(page, () => 'chain-loss', [loss.item()]);
    const row = Array.from(gradient.toFlatArray()).slice(3);
    await expectNumbers(page, (index) => `node-logits-gradient-${index}`, row);
    await expectNumbers(page, (index) => `fused-gradient-${index}`, row);
    const p = Array.from(softmax(tensor(logits, { dtype: 'float64' })).toFlatArray()).slice(3);
    await expectNumbers(page, (index) => `node-softmax-value-${index}`, p);
    await expectNumbers(page, (index) => `hessian-0-${index}`, Array.from(second.get(z).toFlatArray()).slice(3));
    expect(await numberOn(page, 'hessian-difference')).toBeLessThan(1e-14);
    expect(await numberOn(page, 'check-error')).toBeLessThan(1e-6);
    expect(await page.getByRole('img', { name: 'holds', exact: true }).count()).toBe(4);
    await close();
  });

  test('typed, dragged and walked: numbers, address and reload follow', async () => {
    const { page, close } = await site.visit('#steps');
    await page.getByLabel('Logit of row 0, class 1').fill('2.5');
    await page.getByLabel('The target of row 0 is class 2').check();
    const z = tensor([3, 2.5, -3], { dtype: 'float64' });
    using tape = new Tape();
    const watched = tape.watch(tensor([[3, 2.5, -3]], { dtype: 'float64' }));
    const loss = softmaxCrossEntropy(watched, [2]);
    await expectNumbers(page, () => 'fused-loss', [loss.item()]);

    // Forwards: a value appears when the walk comes to it.
    await page.getByRole('button', { name: 'To the start' }).click();
    expect(await page.locator('[data-name="node-exp-value-0"]').count()).toBe(0);
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight');
    const shifted = subtract(z, max(z));
    await expectNumbers(page, (index) => `node-exp-value-${index}`, Array.from(exp(shifted).toFlatArray()));
    expect(await page.locator('[data-name="node-sum-value-0"]').count()).toBe(0);
    expect(await box(page, 'exp').getAttribute('aria-current')).toBe('step');

    // Backwards at the logarithm: incoming gradient × Jacobian = what softmax receives.
    await page.getByRole('button', { name: 'To the end' }).click();
    await box(page, 'log').click();
    const p = softmax(z);
    const t = oneHot([2], { classes: 3, dtype: 'float64' });
    await expectNumbers(page, (index) => `incoming-0-${index}`, [-0, -0, -1]);
    await expectNumbers(page, (index) => `jacobian-softmax-${index}-${index}`, Array.from(divide(1, p).toFlatArray()));
    await expectNumbers(
      page,
      (index) => `product-softmax-0-${index}`,
      Array.from(divide(multiply(t, -1), p).toFlatArray()),
    );
    expect(await numberOn(page, 'jacobian-softmax-0-1')).toBe(0);

    // A value that was used twice: what it had, and what it has now.
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const all = tape.gradients(loss).get(watched).toFlatArray();
    const power = exp(shifted);
    await expectNumbers(
      page,
      (index) => `received-exp-2-${index}`,
      Array.from(divide(tensor(all), power).toFlatArray()),
    );

    await expect.poll(() => page.url()).toContain('at=backward-sum');
    expect(page.url()).toContain('logits=3,2.5,-3');
    expect(page.url()).toContain('labels=2');
    await page.reload();
    await expectNumbers(page, () => 'fused-loss', [loss.item()]);
    expect(await box(page, 'sum').getAttribute('aria-current')).toBe('step');

    // Keys that jump, where the chain has the focus.
    await box(page, 'sum').focus();
    await page.keyboard.press('Home');
    expect(await box(page, 'logits').getAttribute('class')).toContain('forward');
    await page.keyboard.press('End');
    expect(await box(page, 'logits').getAttribute('class')).toContain('backward');

    // Dragged: the slider of the walk and that of a logit.
    await page.getByLabel('Position in the walk').fill('0');
    expect(await box(page, 'logits').getAttribute('aria-current')).toBe('step');
    const slider = page.locator('.steps-inputs input[type=range]').first();
    await slider.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await slider.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(x + 0.65 * width, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + 1.2 * width, y + height / 2, { steps: 5 });
    await page.mouse.up();
    expect(await page.getByLabel('Logit of row 0, class 0').inputValue()).toBe('10');
    const dragged = softmaxCrossEntropy(tensor([[10, 2.5, -3]], { dtype: 'float64' }), [2]).item();
    await expectNumbers(page, () => 'chain-loss', [dragged]);
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect.poll(() => page.url()).toMatch(/#steps\?language=en$/);
    await close();
  });

  test('it plays by itself, and stops at the end', async () => {
    const { page, close } = await site.visit('#steps?speed=2&at=backward-max');
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => box(page, 'logits').getAttribute('aria-current'), { timeout: 4000 }).toBe('step');
    await page.getByRole('button', { name: 'Play' }).waitFor();
    // Everything adds up to 0 on the way to the largest logit: the shift takes away what it gives.
    expect(Math.abs(await numberOn(page, 'node-max-gradient-0'))).toBeLessThan(1e-15);
    await close();
  });

  test('probabilities, float32 and no reduction; the library’s warning in its own words', async () => {
    const { page, close } = await site.visit(
      '#steps?target=distribution&distribution=0.5,0.5,0.5&reduction=none&dtype=float32',
    );
    silence('TARGET_NOT_A_DISTRIBUTION');
    const z = tensor([[3, 1, -3]]);
    const loss = softmaxCrossEntropy(z, [[0.5, 0.5, 0.5]], { reduction: 'none' }).item();
    await expectNumbers(page, () => 'fused-loss', [loss]);
    await page.getByText('it sums to 1.5000 instead of 1').waitFor();
    await page.getByText('There is one loss for each row.').waitFor();
    const logs = log(softmax(z));
    expect(await numberOn(page, 'table-log-value-0')).toBeCloseTo(logs.toFlatArray()[0], 6);
    expect(await numberOn(page, 'table-sum-value-0')).toBe(sum(exp(subtract(z, max(z)))).item());
    await close();
  });

  test('where the chain breaks, it says so, and the fused form stands', async () => {
    const { page, close } = await site.visit('#steps?logits=800,0,-800&at=backward-log');
    await page.getByText('The chain breaks at “log”').waitFor();
    expect(await numberOn(page, 'fused-loss')).toBe(0);
    expect(await numberOn(page, 'chain-loss')).toBeNaN();
    await close();
  });

  testOfLooks('accessible on a light desk in English and on a dark phone in Chinese', async () => {
    const desk = await site.visit('#steps?logits=1,2,3,0_0,1,2,5&target=distribution&at=backward-softmax', {
      colorScheme: 'light',
    });
    await box(desk.page, 'logits').waitFor();
    await desk.page.locator('.steps-table summary').click();
    expect(await violations(desk.page)).toEqual([]);
    await desk.close();

    const { page, close } = await site.visit('#steps?logits=1,2,3,0,1,1_0,1,2,5,1,1&language=zh&at=backward-exp', {
      colorScheme: 'dark',
      viewport: { width: 360, height: 720 },
    });
    await page.getByText('局部雅可比矩阵').first().waitFor();
    await box(page, 'logits').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.getByRole('button', { name: '下一步' }).click();
    expect(await box(page, 'shift').getAttribute('aria-current')).toBe('step');
    await close();
  });

  test('how soon the chain is there is told, and not judged on a machine that is busy with other tests', async () => {
    const { page, close } = await site.visit('#steps');
    await page.reload();
    await box(page, 'logits').waitFor();
    const time = Number(await page.evaluate('performance.now()'));
    console.log(`the chain is there ${time.toFixed(0)} ms after the page began to load`);
    expect(time).toBeGreaterThan(0);
    await close();
  });
});
