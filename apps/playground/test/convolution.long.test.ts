import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { conv2d, convTranspose2d, slice, sum, Tape, type Tensor, tensor } from '@tapegrad/core';
import { convolutionParameters } from '@tapegrad/nn';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testOfLooks } from './looks.ts';
import { hasBrowser, numberOn, openSettings, openSite, type Site } from './site.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function complaintsOf(page: Page): Promise<unknown> {
  await page.evaluate(axe);
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))',
  );
}

/** The numbers whose name begins so, as they stand in the page. */
function valuesOf(page: Page, name: string): Promise<number[]> {
  return page
    .locator(`data[data-name^="${name}-"]`)
    .evaluateAll((all) => all.map((data) => Number(data.getAttribute('value'))));
}

/** The cells that are highlighted in a grid, as `row-column`. */
function linkedIn(page: Page, name: string): Promise<(string | null)[]> {
  return page
    .locator(`[data-name="${name}"] .linked[data-cell]`)
    .evaluateAll((all) => all.map((cell) => cell.getAttribute('data-cell')));
}

const cell = (page: Page, grid: string, position: string) =>
  page.locator(`[data-name="${grid}"] [data-cell="${position}"]`);

/** Where the gradient of one output is not 0. */
function read(x: Tensor, y: (x: Tensor) => Tensor, row: number, column: number): string[] {
  using tape = new Tape();
  const watched = tape.watch(x);
  const one = sum(slice(y(watched), [null, null, [row, row + 1], [column, column + 1]]));
  const slopes = Array.from(tape.gradients(one).get(watched).read());
  const width = x.shape[3];
  return slopes.flatMap((slope, at) => (slope === 0 ? [] : [`${Math.floor(at / width)}-${at % width}`]));
}

describe.skipIf(!hasBrowser)('the tab of the convolution', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  }, 120_000);
  afterAll(() => site?.close());

  test('a plain one: numbers, links both ways, keys, counts', async () => {
    const { page, close } = await site.visit('#convolution');
    await cell(page, 'output-0', '1-1').waitFor();
    const x = tensor(await valuesOf(page, 'input-0'), { dtype: 'float64', shape: [1, 1, 6, 6] });
    const weight = tensor(await valuesOf(page, 'weight-0-0'), { dtype: 'float64', shape: [1, 1, 3, 3] });
    const y = conv2d(x, weight).toFlatArray();
    const shown = await valuesOf(page, 'output-0');
    const bias = await numberOn(page, 'bias');
    for (const [at, number] of shown.entries()) expect(number).toBeCloseTo(y[at] + bias, 12);
    expect(await numberOn(page, 'parameters')).toBe(
      convolutionParameters({ inChannels: 1, outChannels: 1, kernel: [3, 3] }).value,
    );
    expect([await numberOn(page, 'outHeight'), await numberOn(page, 'multiplyAccumulates')]).toEqual([4, 4 * 4 * 9]);

    await cell(page, 'output-0', '2-3').hover();
    await page.locator('[data-name="output-0"] .at[data-cell="2-3"]').waitFor();
    expect(await linkedIn(page, 'input-0')).toEqual(read(x, (x) => conv2d(x, weight), 2, 3));
    expect(await numberOn(page, 'looked')).toBeCloseTo(shown[2 * 4 + 3], 12);

    // By keys: one up; then the focus goes to the input, and the gradients come back.
    await cell(page, 'output-0', '2-3').focus();
    await page.keyboard.press('ArrowUp');
    await page.locator('[data-name="output-0"] .at[data-cell="1-3"]').waitFor();
    await cell(page, 'input-0', '0-0').focus();
    await page.locator('[data-name="input-0"] .at[data-cell="0-0"]').waitFor();
    expect(await linkedIn(page, 'output-0')).toEqual(['0-0']);
    // The input stays in sight beside its gradient.
    expect(await valuesOf(page, 'beside-input-0')).toEqual([...x.toFlatArray()]);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-name="input-0"] .at[data-cell="1-1"]').waitFor();
    expect(await linkedIn(page, 'output-0')).toEqual(['0-0', '0-1', '1-0', '1-1']);
    const cotangent = tensor(await valuesOf(page, 'output-0'), { dtype: 'float64', shape: [1, 1, 4, 4] });
    using tape = new Tape();
    const watched = tape.watch(x);
    const gradient = tape.gradients(conv2d(watched, weight), { cotangent }).get(watched).toFlatArray();
    for (const [at, slope] of (await valuesOf(page, 'input-0')).entries()) expect(slope).toBeCloseTo(gradient[at], 12);
    expect(await numberOn(page, 'looked')).toBeCloseTo(gradient[7], 12);

    // Where it is now is where it begins, and has no word in the address.
    await page.waitForFunction(() => location.hash.includes('look=input') && !location.hash.includes('at='));
    await page.reload();
    await page.locator('[data-name="input-0"] .at[data-cell="1-1"]').waitFor();
    await close();
  });

  test('what does not fit is said by the library, and the last picture stays', async () => {
    const { page, close } = await site.visit('#convolution?in=4&out=4&groups=2');
    await cell(page, 'output-3', '0-0').waitFor();
    await openSettings(page);
    await page.getByLabel('Groups').fill('3');
    const notice = page.getByRole('alert');
    await notice.waitFor();
    await notice.getByText('3 groups do not fit').waitFor();
    await page.getByText('The picture below is the last that fits.').waitFor();
    expect(await notice.locator('[lang="en"]').textContent()).toBe(
      'conv1: groups is 3, with 4 input and 4 output channels; wanted a whole number that divides both: 1, 2, 4. Use 1, or as many groups as input channels for a depthwise convolution.',
    );
    expect(await cell(page, 'output-3', '0-0').isVisible()).toBe(true);
    await page.getByLabel('Groups').fill('4');
    await notice.waitFor({ state: 'detached' });
    await cell(page, 'output-2', '1-1').hover();
    await page.locator('[data-name="output-2"] .at').waitFor();
    const linked = await Promise.all(
      [0, 1, 2, 3].map(async (channel) => (await linkedIn(page, `input-${channel}`)).length),
    );
    expect(linked).toEqual([0, 0, 9, 0]);
    await close();
  });

  test('opened where nothing fits, it points to no picture', async () => {
    const { page, close } = await site.visit('#convolution?size=2&kernel=5&language=zh');
    await page.getByRole('alert').getByText('卷积核覆盖 5 个像素').waitFor();
    expect(await page.getByText('下面是最后一个可行的结果').count()).toBe(0);
    expect(await page.locator('.convolution-stage').count()).toBe(0);
    await close();
  });

  test('transposed, and the receptive field of a stack', async () => {
    const { page, close } = await site.visit('#convolution?layers=3&stride=2');
    await page.locator('data[data-name="field-seen-3"]').waitFor();
    for (const depth of [1, 2, 3]) {
      expect(await numberOn(page, `field-formula-${depth}`)).toBe(2 ** (depth + 1) - 1);
      expect(await numberOn(page, `field-seen-${depth}`)).toBe(2 ** (depth + 1) - 1);
    }
    expect(await numberOn(page, 'field-count')).toBe(15 * 15);
    await page.locator('.choice label', { hasText: 'Transposed' }).click();
    await cell(page, 'output-0', '8-8').waitFor();
    await cell(page, 'output-0', '4-4').hover();
    await page.locator('[data-name="output-0"] .at[data-cell="4-4"]').waitFor();
    const x = tensor(await valuesOf(page, 'input-0'), { dtype: 'float64', shape: [1, 1, 4, 4] });
    const weight = tensor(await valuesOf(page, 'weight-0-0'), { dtype: 'float64', shape: [1, 1, 3, 3] });
    expect(await linkedIn(page, 'input-0')).toEqual(read(x, (x) => convTranspose2d(x, weight, { stride: 2 }), 4, 4));
    await close();
  });

  test('points of a deformable one are dragged and moved by keys, and stay in the address', async () => {
    const { page, close } = await site.visit('#convolution?operation=deformable&strength=0');
    const point = page.locator('.convolution-sample[data-tap="4"]');
    await point.waitFor();
    expect(await linkedIn(page, 'input-0')).toHaveLength(9);
    const box = await point.boundingBox();
    const side = (await cell(page, 'input-0', '0-0').boundingBox())?.width ?? 0;
    if (!box) throw new Error('the point is not drawn');
    const [left, top] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(left, top);
    await page.mouse.down();
    await page.mouse.move(left + 2.5 * side, top + 0.5 * side, { steps: 4 });
    await page.mouse.up();
    // The address follows a drag by and by: on a busy machine it shows points on the way.
    const movedTo = () =>
      page.evaluate(() => (new URLSearchParams(location.hash.split('?')[1]).get('moved') ?? '').split(',').map(Number));
    await expect.poll(async () => (await movedTo())[3], { timeout: 10_000 }).toBeCloseTo(2.5, 1);
    const [tap, output, down] = await movedTo();
    expect([tap, output]).toEqual([4, 5]);
    expect(down).toBeCloseTo(0.5, 1);
    expect(await linkedIn(page, 'input-0')).toEqual(expect.arrayContaining(['2-4', '2-5', '3-4', '3-5']));
    await point.focus();
    await page.keyboard.press('ArrowUp');
    const moved = `Sample point 4: Δy ${Number((down - 0.1).toPrecision(2))}`;
    await page.locator(`[aria-label^="${moved}"]`).waitFor();
    await close();
  });

  testOfLooks('in Chinese, on a narrow page, in both themes', async () => {
    for (const theme of ['light', 'dark']) {
      const { page, close } = await site.visit(
        `#convolution?operation=deformable&size=7&padding=1&language=zh&theme=${theme}`,
        {
          viewport: { width: 360, height: 740 },
          hasTouch: true,
        },
      );
      expect(await page.locator('h1').textContent()).toBe('卷积的一个输出读取了什么？');
      await page.locator('data[data-name="field-count"]').waitFor({ state: 'attached' });
      await cell(page, 'input-0', '0-4').tap();
      await page.locator('[data-name="input-0"] .at[data-cell="0-4"]').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      expect(await complaintsOf(page)).toEqual([]);
      await close();
    }
  });
});
