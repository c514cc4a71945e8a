import { conv2d, Tape, tensor } from '@tapegrad/core';
import { arcFaceLoss, binaryCrossEntropyWithLogits, hingeLoss } from '@tapegrad/nn';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFields } from '../src/address/fields.ts';
import { layerNames } from '../src/tabs/layers/fields.ts';
import { optimiserFields } from '../src/tabs/optimisers/fields.ts';
import { walksOf } from '../src/tabs/optimisers/walks.ts';
import { expectReadable, settled } from './looks.ts';
import { hasBrowser, numberOn, openSite, type Site } from './site.ts';

declare global {
  interface Window {
    /** How many steps were asked for in each question to the worker. */
    askedSteps: number[];
  }
}

/* The tabs for layers, depth, margins and optimisers: each is visited once. What they compute is tested beside them. */

const hashOf = (page: Page): Promise<string> => page.evaluate(() => location.hash);

/** A phone, and a laptop. */
const screens = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
] as const;

/** Where something is on the page as it was opened: nothing has been scrolled. */
async function edgesOf(page: Page, selector: string): Promise<{ top: number; right: number; bottom: number }> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`nothing to be seen of ${selector}`);
  return { top: box.y, right: box.x + box.width, bottom: box.y + box.height };
}

/** Expects that all of these are on the first screen. */
async function expectOnScreen(page: Page, selectors: readonly string[]): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  for (const selector of selectors) {
    const { right, bottom } = await edgesOf(page, selector);
    expect(bottom, selector).toBeLessThanOrEqual(height);
    expect(right, selector).toBeLessThanOrEqual(width);
  }
}

/** Expects that one of these stands below the other, and that both fit on a screen. */
async function expectShareScreen(page: Page, effect: string, cause: string): Promise<void> {
  const [picture, choice] = [await edgesOf(page, effect), await edgesOf(page, cause)];
  expect(choice.top, cause).toBeGreaterThanOrEqual(picture.bottom);
  expect(choice.bottom - picture.top, cause).toBeLessThanOrEqual(page.viewportSize()?.height ?? 0);
}

describe.skipIf(!hasBrowser)('the machines', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 120_000);
  afterAll(() => site?.close());

  test('layers: a number is chosen, changed and stepped through; the address keeps all of it', async () => {
    const { page, close } = await site.visit('#layers');
    const gradient = page.getByRole('grid', { name: '∂L/∂x', exact: true }).first();
    await gradient.locator('[data-cell="1-1"]').click();
    expect(await page.locator('.layers-grid .linked').count()).toBe(4);

    // Typed, moved on by an arrow key, and typed again.
    await page.locator('input[data-name="weight-0"]').fill('3');
    await page.locator('input[data-name="weight-0"]').press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-name'))).toBe('weight-1');
    await page.waitForFunction(() => location.hash.includes('convolution-weight=3,2,0,-1'));
    const [weight, x] = await Promise.all(
      (['weight', 'x'] as const).map((name) =>
        page
          .locator(`[data-name="${name}"] input`)
          .evaluateAll((inputs) => inputs.map((input) => Number((input as HTMLInputElement).value.replace('−', '-')))),
      ),
    );
    const g = await page
      .locator('[data-name="g"] input')
      .evaluateAll((inputs) => inputs.map((input) => Number((input as HTMLInputElement).value.replace('−', '-'))));
    using tape = new Tape();
    const watched = tape.watch(tensor(x, { shape: [1, 1, 4, 4], dtype: 'float64' }));
    const y = conv2d(watched, tensor(weight, { shape: [1, 1, 2, 2], dtype: 'float64' }));
    const cotangent = tensor(g, { shape: [1, 1, 3, 3], dtype: 'float64' });
    const expected = Array.from(tape.gradients(y, { cotangent }).get(watched).read());
    for (const at of [0, 5, 15]) expect(await numberOn(page, `x-gradient-${at}`)).toBe(expected[at]);

    // The pointer looks ahead, and what was chosen comes back when it leaves.
    await page.locator('[data-name="y-4"]').hover();
    expect(await page.locator('.layers-number').textContent()).toContain('y');
    await page.mouse.move(2, 2);
    await page.getByRole('button', { name: 'Next step' }).click();
    await page.waitForFunction(() => location.hash.includes('look=weight') && location.hash.includes('at=2'));

    await page.getByRole('radio', { name: 'Pooling' }).check();
    await page.waitForFunction(() => location.hash.includes('layer=pooling'));
    await page.reload();
    await settled(page);
    expect(await page.getByRole('radio', { name: 'Pooling' }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: 'Convolution' }).check();
    await page.locator('input[data-name="weight-3"]').waitFor();
    expect(await page.locator('input[data-name="weight-0"]').inputValue()).toBe('3');
    await expectReadable(page, 'layers-light-1280-en.png');
    await close();
  });

  test('depth: more layers, less gradient; another initialisation brings it back', async () => {
    const { page, close } = await site.visit('#depth');
    await page.locator('data[data-name="arriving"]').waitFor();
    const before = await numberOn(page, 'arriving');
    expect(before).toBeLessThan(1e-2);
    const layers = page.getByRole('spinbutton', { name: 'Layers' });
    await layers.focus();
    await layers.fill('40');
    await page.waitForFunction(
      (before) => Number(document.querySelector('[data-name="arriving"]')?.getAttribute('value')) < before / 10,
      before,
    );
    await page.getByRole('radio', { name: 'He', exact: true }).check();
    await page.waitForFunction(() => {
      const arriving = Number(document.querySelector('[data-name="arriving"]')?.getAttribute('value'));
      return arriving > 1e-2;
    });
    await page.waitForFunction(() => location.hash.startsWith('#depth?layers=40&initialisation=he'));
    expect(await page.locator('.depth-machine svg').count()).toBeGreaterThan(0);
    await page.getByText('As a table').click();
    expect(await numberOn(page, 'gradient-40')).toBeCloseTo(1, 12);
    await expectReadable(page, 'depth-light-1280-en.png');
    await close();
  });

  test('margins: the cursor is dragged, and the numbers are those of the library', async () => {
    const { page, close } = await site.visit('#margins?shown=hinge,logistic,arcFace');
    await page.locator('data[data-name="value-arcFace"]').waitFor();
    const cursor = page.getByRole('slider', { name: 'Margin m, Value' });
    await cursor.focus();
    await cursor.press('End');
    await cursor.press('PageDown');
    await page.waitForFunction(() => location.hash.includes('margin=3.5'));
    const one = tensor([3.5], { dtype: 'float64' });
    await page.waitForFunction(
      () => document.querySelector('[data-name="value-hinge"]')?.getAttribute('value') === '0',
    );
    expect(await numberOn(page, 'value-hinge')).toBe(hingeLoss(one, [1]).item());
    expect(await numberOn(page, 'value-logistic')).toBeCloseTo(binaryCrossEntropyWithLogits(one, [1]).item(), 12);
    const cosine = 3.5 / 4;
    const features = tensor([[cosine, Math.sqrt(1 - cosine ** 2)]], { dtype: 'float64' });
    const weight = tensor(
      [
        [1, 0],
        [-1, 0],
      ],
      { dtype: 'float64' },
    );
    const arc = arcFaceLoss(features, weight, [0], { margin: 0.5, scale: 2 }).item();
    expect(await numberOn(page, 'value-arcFace')).toBeCloseTo(arc, 12);
    const box = await page.locator('.curves-field').first().boundingBox();
    if (!box) throw new Error('no chart to drag in');
    await page.mouse.move(box.x + box.width - 40, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 4, box.y + 60);
    await page.mouse.up();
    await page.waitForFunction(() => /margin=-\d/.test(location.hash));
    expect(await numberOn(page, 'slope-hinge')).toBe(-1);
    await expectReadable(page, 'margins-light-1280-en.png');
    await close();
  });

  test('optimisers: the start is moved, the rate changed, and the second machine is beside the first', async () => {
    const { page, close } = await site.visit('#optimisers');
    await page.locator('data[data-name="height-adam"]').waitFor();
    const before = await numberOn(page, 'height-sgd');
    const start = page.getByRole('slider', { name: 'Start of all walks' });
    await start.focus();
    await start.press('Shift+ArrowRight');
    await page.waitForFunction(() => location.hash.includes('start=-3,2'));
    await page.waitForFunction(
      (before) => Number(document.querySelector('[data-name="height-sgd"]')?.getAttribute('value')) !== before,
      before,
    );
    await page.getByLabel('Learning rate of SGD').fill('0.2');
    await page.getByText('diverged').first().waitFor();
    await page.getByRole('radio', { name: 'Weight decay beside L2' }).check();
    await page.locator('data[data-name="left-adamW-large"]').waitFor();
    expect(await numberOn(page, 'left-adamL2-large')).toBeGreaterThan(0.9);
    expect(await numberOn(page, 'left-adamL2-small')).toBeLessThan(0.1);
    expect(await numberOn(page, 'left-adamW-small')).toBeCloseTo(await numberOn(page, 'left-adamW-large'), 6);
    await page.waitForFunction(() => location.hash.includes('machine=decay'));
    expect(await hashOf(page)).toContain('rate-sgd=0.2');
    await expectReadable(page, 'optimisers-light-1280-en.png');
    await close();
  });

  test.each(screens)('the picture and what moves it are on the first screen of $width × $height', async (viewport) => {
    for (const layer of layerNames) {
      const { page, close } = await site.visit(`#layers?layer=${layer}`, { viewport });
      await page.locator('data[data-name="looked"]').waitFor();
      const grids = ['x', 'y', 'x-gradient', 'g'].map((name) => `[role="grid"][data-name="${name}"]`);
      await expectOnScreen(page, ['data[data-name="looked"]', '.layers-looked input[type="number"]', ...grids]);
      if (layer !== 'dense' && layer !== 'batchNorm') {
        await expectShareScreen(page, '.layers-stage', '.layers-options');
      }
      await close();
    }

    const { page, close } = await site.visit('#optimisers', { viewport });
    await page.locator('data[data-name="now-adam"]').waitFor();
    await page.locator('.optimisers-start').waitFor();
    await expectOnScreen(page, [
      'data[data-name="now-adam"]',
      '.optimisers-picture svg',
      '.knobs input[type="number"]',
    ]);
    await expectShareScreen(page, '.optimisers-picture', '.optimisers-picture ~ .choice');
    await page.getByRole('radio', { name: 'Weight decay beside L2' }).check();
    await page.locator('data[data-name="left-adamW-large"]').waitFor();
    await expectOnScreen(page, ['.optimisers-knobs', '.optimisers .chart']);
    await close();
  });

  test('optimisers: what is dragged is walked as far as it is shown, and to the end when the hand rests', async () => {
    const { page, close } = await site.visit('#optimisers?walkers=adam,muon&step=20');
    await page.locator('data[data-name="height-muon"]').waitFor();
    await page.evaluate(() => {
      const { postMessage } = Worker.prototype;
      window.askedSteps = [];
      Worker.prototype.postMessage = function (message: { name: string; question: { steps: number } }) {
        if (message.name === 'walks') window.askedSteps.push(message.question.steps);
        postMessage.call(this, message);
      };
    });
    const box = await page.locator('.optimisers-reach').boundingBox();
    if (!box) throw new Error('no start to drag');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 30, { steps: 6 });
    await page.mouse.up();
    await expect.poll(() => page.evaluate(() => window.askedSteps.at(-1)), { timeout: 8000 }).toBe(150);
    expect((await page.evaluate(() => window.askedSteps))[0]).toBe(20);
    // The address follows a drag by and by.
    const heightOff = async (): Promise<number> => {
      const form = readFields(optimiserFields, new URLSearchParams((await hashOf(page)).split('?')[1]));
      return (walksOf(form).muon?.heights[20] ?? Number.NaN) - (await numberOn(page, 'height-muon'));
    };
    await expect.poll(() => hashOf(page)).toContain('start=');
    await expect.poll(heightOff, { timeout: 8000 }).toBe(0);
    await close();
  });
});
