import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { add, multiply, Parameter, softmax, sum, Tape, type Tensor, tensor, zeros } from '@tapegrad/core';
import {
  huberLoss,
  l1Loss,
  logCoshLoss,
  mseLoss,
  quantileLoss,
  SGD,
  smoothL1Loss,
  softmaxCrossEntropy,
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

/** Waits for a number of the page to be this one: the worker answers a moment after the question. */
const shows = async (page: Page, name: string, wanted: number): Promise<void> => {
  await expect.poll(() => numberOn(page, name), { timeout: 8000, message: name }).toBeCloseTo(wanted, 12);
};

type Loss = (prediction: Tensor, target: Tensor, options: { reduction: 'sum' }) => Tensor;

/** Value and slope of a loss at a residual. */
function at(residual: number, loss: Loss): { value: number; slope: number } {
  using tape = new Tape();
  const prediction = tape.watch(new Float64Array([residual]));
  const value = loss(prediction, zeros([1], { dtype: 'float64' }), { reduction: 'sum' });
  return { value: value.item(), slope: tape.gradients(value).get(prediction).item() };
}

const lossesOf = (delta: number, beta: number, quantile: number): Readonly<Record<string, Loss>> => ({
  l2: mseLoss,
  l1: l1Loss,
  huber: (x, y, { reduction }) => huberLoss(x, y, { delta, reduction }),
  smoothL1: (x, y, { reduction }) => smoothL1Loss(x, y, { beta, reduction }),
  logCosh: logCoshLoss,
  quantile: (x, y, { reduction }) => quantileLoss(x, y, { quantile, reduction }),
});

describe.skipIf(!hasBrowser)('losses side by side', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 60_000);
  afterAll(async () => await site?.close());

  test('values and slopes at a residual that is typed, moved by keys and dragged', async () => {
    const { page, close } = await site.visit('#losses?delta=0.7&beta=1.3&tau=0.3&residual=-1.1');
    const losses = lossesOf(0.7, 1.3, 0.3);
    const expectAt = async (residual: number): Promise<void> => {
      for (const [name, loss] of Object.entries(losses)) {
        const wanted = at(residual, loss);
        await shows(page, `value-${name}`, wanted.value);
        await shows(page, `slope-${name}`, wanted.slope);
      }
    };
    await expectAt(-1.1);
    await page.getByRole('spinbutton', { name: 'Residual' }).fill('2.35');
    await expectAt(2.35);
    const cursor = page.getByRole('slider', { name: 'Residual d, Loss' });
    await cursor.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('PageDown');
    await expectAt(1.8);
    const field = cursor.locator('.hold');
    const frame = await field.boundingBox();
    if (!frame) throw new Error('no field');
    await page.mouse.move(frame.x + frame.width * 0.6, frame.y + 40);
    await page.mouse.down();
    await page.mouse.move(frame.x + frame.width * 0.25, frame.y + 60, { steps: 4 });
    await page.mouse.up();
    const dragged = Number(await cursor.getAttribute('aria-valuenow'));
    expect(dragged).toBeCloseTo(-2, 1);
    await expectAt(dragged);
    await close();
  });

  test('the losses shown are chosen, and the state survives in the address', async () => {
    const { page, close } = await site.visit('#losses?shown=l1,huber');
    await page.locator('data[data-name="value-huber"]').waitFor();
    expect(await page.locator('data[data-name="value-l2"]').count()).toBe(0);
    await openSettings(page);
    await page.getByRole('checkbox', { name: 'Half L2' }).check();
    await page.getByRole('spinbutton', { name: 'Huber' }).fill('2.5');
    await page.waitForFunction(
      () => location.hash.includes('delta=2.5') && location.hash.includes('l1,huber,halfSquared'),
    );
    await page.reload();
    await shows(page, 'value-halfSquared', 2);
    await shows(page, 'value-huber', at(2, lossesOf(2.5, 1, 0.5).huber).value);
    await close();
  });

  test('lines are fitted to points that are moved by keys and dragged', async () => {
    const points = [-2, -1, -1, -0.5, 0, 0.2, 1, 0.4, 2, 1.1];
    const { page, close } = await site.visit(`#losses?shown=l2,huber&points=${points}`);
    const expectLines = async (points: readonly number[]): Promise<void> => {
      for (const name of ['l2', 'huber'] as const) {
        const line = fitted(points, name === 'l2' ? mseLoss : (x, y) => huberLoss(x, y, { delta: 1.5 }));
        await shows(page, `a-${name}`, line.a);
        await shows(page, `b-${name}`, line.b);
        await shows(page, `loss-${name}`, line.loss);
      }
    };
    await expectLines(points);
    await page.getByRole('slider', { name: 'Point 5' }).focus();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await expectLines([...points.slice(0, 8), 1.9, 0.1]);
    const held = page.locator('[data-point="0"] .hold');
    const box = await held.boundingBox();
    if (!box) throw new Error('no point');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 10, box.y - 90, { steps: 5 });
    await page.mouse.up();
    await page.waitForFunction(() => /points=-1\.\d+,[1-9]/.test(location.hash));
    // The address follows a little later than the hand: it is read until the line is that of its points.
    const moved = async (): Promise<number[]> => {
      const hash = await page.evaluate(() => location.hash);
      return (new URLSearchParams(hash.split('?')[1]).get('points') ?? '').split(',').map(Number);
    };
    const offLine = async (): Promise<number> => fitted(await moved(), mseLoss).a - (await numberOn(page, 'a-l2'));
    await expect.poll(offLine, { timeout: 8000 }).toBeCloseTo(0, 12);
    await expectLines(await moved());
    await close();
  });

  test('cross-entropy and squared error at a logit', async () => {
    const { page, close } = await site.visit('#losses?logit=-8&classes=3');
    for (const logit of [-8, 1.5]) {
      await page.getByRole('spinbutton', { name: 'Logit z' }).fill(String(logit));
      using tape = new Tape();
      const logits = tape.watch(tensor([logit, 0, 0], { dtype: 'float64' }));
      const target = tensor([1, 0, 0], { dtype: 'float64' });
      const probabilities = softmax(logits);
      const square = mseLoss(probabilities, target, { reduction: 'sum' });
      const entropy = softmaxCrossEntropy(logits, target);
      await shows(page, 'probability', probabilities.read()[0]);
      await shows(page, 'cross-entropy', entropy.item());
      await shows(page, 'squared-error', square.item());
      for (let c = 0; c < 3; c++) {
        await shows(page, `cross-entropy-by-${c}`, tape.gradients(entropy).get(logits).read()[c]);
        await shows(page, `squared-error-by-${c}`, tape.gradients(square).get(logits).read()[c]);
      }
      expect(sum(tape.gradients(entropy).get(logits)).item()).toBeCloseTo(0, 12);
    }
    await close();
  });

  testOfLooks.each(['light', 'dark'] as const)(
    'in %s it reads out well, on a narrow page, in Chinese',
    async (colorScheme) => {
      const { page, close } = await site.visit('#losses?language=zh', {
        colorScheme,
        viewport: { width: 360, height: 740 },
      });
      await page.locator('data[data-name="a-l1"]').waitFor();
      expect(await page.locator('main h1').textContent()).toBe('一个误差的拉力有多大？');
      await page.getByText('数据点，以及最后每个点的拉力').click();
      expect(await violationsOn(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await close();
    },
  );
});

/** The line that 400 steps of gradient descent end at, as the page describes them. */
function fitted(points: readonly number[], loss: (prediction: Tensor, target: Float64Array) => Tensor) {
  const x = Float64Array.from(points.filter((_, at) => at % 2 === 0));
  const y = Float64Array.from(points.filter((_, at) => at % 2 === 1));
  const [a, b] = ['a', 'b'].map((name) => new Parameter(name, zeros([1], { dtype: 'float64' })));
  const optimiser = new SGD([a, b], { learningRate: 0.1, momentum: 0.9 });
  const costOn = (tape: Tape): Tensor => loss(add(multiply(a, tape.constant(x)), b), y);
  for (let step = 0; step < 400; step++) {
    using tape = new Tape();
    optimiser.learningRate = 0.1 * 0.5 ** (step / 25);
    optimiser.step(tape.gradients(costOn(tape)));
  }
  using tape = new Tape();
  return { a: a.item(), b: b.item(), loss: costOn(tape).item() };
}
