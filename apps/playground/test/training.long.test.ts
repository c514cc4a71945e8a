import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { cast, configureEngine, type EngineKind, Random, softmax, Tape } from '@tapegrad/core';
import { batches, builtInDigits, mnistNormalisation } from '@tapegrad/datasets';
import { Adam, accuracy, Conv2d, Dense, Flatten, MaxPool2d, ReLU, Sequential, softmaxCrossEntropy } from '@tapegrad/nn';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idxFiles } from './idxFiles.ts';
import { testOfLooks } from './looks.ts';
import { hasBrowser, numberOn, openSettings, openSite, type Site, type Visit } from './site.ts';

const axe = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const steps = 20;

/** What axe has found. */
interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Opens the tab and waits until its net is there. */
async function open(site: Site, hash: string, options?: Parameters<Site['visit']>[1]): Promise<Visit> {
  const visit = await site.visit(hash, options);
  await visit.page.locator('[data-engine]').waitFor();
  await visit.page.locator('.training-confusion').waitFor();
  return visit;
}

/** Presses the button for one step, and waits until everything shows it. */
async function takeStep(page: Page, step: number): Promise<void> {
  await page.getByRole('button', { name: 'One step' }).click();
  await page.locator(`.training-maps[data-step="${step}"]`).waitFor();
}

/** The steps that the page has taken, once it has taken at least so many. */
async function stepsOnceOver(page: Page, least: number): Promise<number> {
  await expect.poll(() => numberOn(page, 'step'), { timeout: 20_000 }).toBeGreaterThan(least);
  return numberOn(page, 'step');
}

/** The first and the last row with ink of the image that the net sees. */
function inkSeen(page: Page): Promise<{ top: number; bottom: number }> {
  return page.getByRole('img', { name: 'What the net sees' }).evaluate((canvas: HTMLCanvasElement) => {
    const { data, width } = canvas.getContext('2d')?.getImageData(0, 0, 28, 28) ?? { data: [], width: 1 };
    const rows = [...data].flatMap((ink, i) => (i % 4 === 0 && ink > 0 ? [Math.floor(i / 4 / width)] : []));
    return { top: Math.min(...rows), bottom: Math.max(...rows) };
  });
}

/** What axe finds, once its script is in the page. */
function violationsOn(page: Page): Promise<string[][]> {
  return page.evaluate(async () => {
    const { axe } = globalThis as typeof globalThis & { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
  });
}

/** The training of the page as a program of its own would do it. */
function trainedInNode(engine: EngineKind) {
  configureEngine({ engine });
  const { train, test: held } = builtInDigits();
  const random = new Random(5);
  const model = new Sequential(
    [
      new Conv2d({ outChannels: 8, kernelSize: 5 }),
      new ReLU(),
      new MaxPool2d({ kernelSize: 2 }),
      new Conv2d({ outChannels: 16, kernelSize: 5 }),
      new ReLU(),
      new MaxPool2d({ kernelSize: 2 }),
      new Flatten(),
      new Dense({ outFeatures: 10 }),
    ],
    { inputShape: [1, 28, 28], random },
  );
  const optimiser = new Adam(model.parameters, { learningRate: 0.002 });
  const losses: number[] = [];
  let ratio = 0;
  for (const { images, labels } of batches(train, { batchSize: 32, random, ...mnistNormalisation })) {
    using tape = new Tape();
    const loss = softmaxCrossEntropy(model.call(tape.constant(images)), labels);
    const gradients = tape.gradients(loss);
    const weight = model.parameter('conv2.weight');
    ratio = Math.hypot(...gradients.get(weight).toFlatArray()) / Math.hypot(...weight.toFlatArray());
    optimiser.step(gradients);
    losses.push(loss.item());
    if (losses.length === steps) break;
  }
  const [all] = batches(held, { batchSize: held.labels.size, ...mnistNormalisation });
  const [few] = batches(held, { batchSize: 1, ...mnistNormalisation });
  using tape = new Tape();
  const probabilities = softmax(cast(model.call(tape.constant(few.images)), 'float64')).toFlatArray();
  return {
    model,
    losses,
    ratio,
    probabilities,
    testAccuracy: accuracy(model.call(tape.constant(all.images)), all.labels),
  };
}

describe.skipIf(!hasBrowser)('the tab in which a net learns', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite({ isIsolated: true });
  }, 60_000);
  afterAll(() => site?.close());

  test('its first 20 losses are those of the same training in Node, bit for bit', async () => {
    const { page, close } = await open(site, '#training?batch=32&seed=5&threads=2&digits=plain');
    expect(await page.locator('[data-threads]').getAttribute('data-threads')).toBe('2');
    for (let step = 1; step <= steps; step++) await takeStep(page, step);
    await page.getByText('The last steps as a table').click();
    const losses = await Promise.all(Array.from({ length: steps }, (_, step) => numberOn(page, `loss-${step + 1}`)));
    const engine = (await page.locator('[data-engine]').getAttribute('data-engine')) as EngineKind;
    const wanted = trainedInNode(engine);
    expect(losses).toEqual(wanted.losses);
    expect(await numberOn(page, 'loss')).toBe(wanted.losses[steps - 1]);

    for (let digit = 0; digit < 10; digit++) {
      const shown = await numberOn(page, `probability-${digit}`);
      expect(Math.abs(shown - wanted.probabilities[digit])).toBeLessThan(1e-12);
    }
    expect(await numberOn(page, 'ratio-conv2.weight')).toBeCloseTo(wanted.ratio, 12);
    const filters = wanted.model.parameter('conv1.weight').toFlatArray();
    await page.getByRole('button', { name: 'Filter 3' }).click();
    for (const [row, column] of [
      [0, 0],
      [2, 4],
      [4, 1],
    ]) {
      await expect.poll(() => numberOn(page, `filter-${row}-${column}`)).toBe(filters[2 * 25 + 5 * row + column]);
    }
    await page.getByRole('button', { name: 'Test now' }).click();
    await page.getByText(`All 2,000 test images, after step ${steps}.`).waitFor();
    let right = 0;
    for (let digit = 0; digit < 10; digit++) right += await numberOn(page, `confusion-${digit}-${digit}`);
    expect(right / 2000).toBeCloseTo(wanted.testAccuracy, 12);
    await close();
  });

  test('trains, takes another learning rate on the way, pauses and starts over', async () => {
    const { page, close } = await open(site, '#training?net=tiny&digits=plain');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await stepsOnceOver(page, 50);
    const slider = page.getByRole('slider', { name: 'Learning rate' });
    await slider.focus();
    await page.keyboard.press('Home');
    const changed = await stepsOnceOver(page, await numberOn(page, 'step'));
    await stepsOnceOver(page, changed + 20);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText(/^Paused after step \d+\.$/).waitFor();
    const paused = await numberOn(page, 'step');
    expect(await numberOn(page, 'test-accuracy')).toBeGreaterThan(60);
    const weight = await numberOn(page, 'filter-0-0');
    await page.waitForTimeout(300);
    expect(await numberOn(page, 'step')).toBe(paused);
    // With Adam no weight moves by more than about the learning rate, which is 1e-5 now.
    await takeStep(page, paused + 1);
    const moved = Math.abs((await numberOn(page, 'filter-0-0')) - weight);
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(3e-5);
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByText('The net is untrained: its weights are random.').waitFor();
    expect(await numberOn(page, 'step')).toBe(0);
    await close();
  });

  test('a loss that is not finite is told in the words of the library, and training can start over', async () => {
    const { page, close } = await open(site, '#training?optimiser=sgd&rate=1e30');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    const alert = page.getByRole('alert');
    await expect.poll(() => alert.count(), { timeout: 20_000 }).toBe(1);
    expect(await alert.textContent()).toMatch(/wanted a finite loss.*Lower the learning rate and start over/s);
    await page.getByRole('button', { name: 'Train', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect.poll(() => alert.count()).toBe(0);
    await close();
  });

  test('a digit is drawn by pointer and by keyboard, and named', async () => {
    const { page, close } = await open(site, '#training?digits=plain');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await stepsOnceOver(page, 200);
    await page.getByRole('button', { name: 'Pause' }).click();
    const pad = page.getByRole('application', { name: 'Drawing pad' });
    await pad.focus();
    await page.keyboard.press(' ');
    for (let i = 0; i < 16; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await page.getByText('Drawn by you').waitFor();
    expect(await inkSeen(page)).toEqual({ top: 4, bottom: 23 });
    await page.keyboard.press('Delete');
    await page.getByText('Test image of a 5').waitFor();

    const box = await pad.boundingBox();
    if (!box) throw new Error('no drawing pad');
    const to = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
    await page.mouse.move(...to(0.3, 0.2));
    await page.mouse.down();
    await page.mouse.move(...to(0.7, 0.2), { steps: 8 });
    await page.mouse.move(...to(0.45, 0.85), { steps: 8 });
    await page.mouse.up();
    await page.getByText(/^Taken for a 7/).waitFor();
    await page.getByRole('button', { name: 'Take a test digit' }).click();
    await page.getByText('Test image of a').waitFor();
    await close();
  });

  test('the state is in the address, and survives a reload', async () => {
    const { page, close } = await open(site, '#training');
    await openSettings(page);
    await page.getByLabel('4 · 8', { exact: true }).check();
    await page.getByLabel('RMSProp').check();
    await page.getByLabel('Seed').fill('9');
    await page.getByLabel('Batch size').fill('16');
    await page.getByRole('button', { name: 'Filter 2' }).click();
    await page.getByRole('spinbutton', { name: 'Test image' }).fill('12');
    const hash = '#training?net=tiny&optimiser=rmsProp&batch=16&seed=9&image=12&filter=1&language=en';
    await expect.poll(() => page.evaluate(() => location.hash)).toBe(hash);
    await expect.poll(() => page.getByRole('button', { name: /^Filter/ }).count()).toBe(4);
    const weight = await numberOn(page, 'filter-0-0');
    await page.reload();
    await page.locator('.training-confusion').waitFor();
    await openSettings(page);
    expect(await page.getByLabel('Seed').inputValue()).toBe('9');
    expect(await numberOn(page, 'filter-0-0')).toBe(weight);
    expect(await page.getByRole('button', { name: 'Filter 2' }).getAttribute('aria-pressed')).toBe('true');
    await close();
  });

  describe('one visit', () => {
    // To open the tab takes longer than to look at it.
    let visit: Visit;
    beforeAll(async () => {
      visit = await open(site, '#training', { colorScheme: 'light' });
    });
    afterAll(() => visit?.close());

    test('the weights are a file in the format safetensors', async () => {
      const { page } = visit;
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download the weights' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('tapegrad-small-step-0.safetensors');
      const file = await readFile(await download.path());
      const length = Number(file.readBigUInt64LE());
      const header = JSON.parse(file.subarray(8, 8 + length).toString());
      const [begin, end] = header['conv1.weight'].data_offsets;
      expect(header['conv1.weight']).toMatchObject({ dtype: 'F32', shape: [8, 1, 5, 5] });
      expect(end - begin).toBe(800);
      expect(file.length).toBe(8 + length + 4 * 5994);
      expect(file.readFloatLE(8 + length + begin)).toBe(await numberOn(page, 'filter-0-0'));
    });

    test('nothing stands in the way of anybody, light and dark', async () => {
      const { page } = visit;
      await takeStep(page, 1);
      await page.addScriptTag({ path: axe });
      const ink = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).color);
      const light = await ink();
      expect(await violationsOn(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(ink).not.toBe(light);
      expect(await violationsOn(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
    });

    test('images from files: the errors of the library, then a dataset', async () => {
      const { page } = visit;
      const choose = page.getByLabel('Choose the four files');
      await choose.setInputFiles([{ name: 'train-images-idx3-ubyte', mimeType: '', buffer: Buffer.from('<html>') }]);
      const alert = page.getByRole('alert');
      await alert.getByText('Some of the four files are missing').waitFor();
      await choose.setInputFiles(idxFiles({ 'train-images-idx3-ubyte': Buffer.from('<html>') }));
      await alert.getByText('is a web page and not an IDX file').waitFor();
      await takeStep(page, 2);
      await choose.setInputFiles(idxFiles());
      await page.getByText('30 images to learn from, 20 to be tested on.').waitFor();
      expect(await alert.count()).toBe(0);
      await page.getByText('Test image of a 3').waitFor();
      await takeStep(page, 1);
      await page.getByRole('button', { name: 'Back to the drawn digits' }).click();
      await page.getByText('12,000 images to learn from').waitFor();
    });
  });

  testOfLooks('fits a narrow page, in Chinese', async () => {
    const { page, close } = await open(site, '#training', { locale: 'zh-CN', viewport: { width: 360, height: 740 } });
    await page.getByRole('heading', { name: 'CNN 如何学会识别数字？' }).waitFor();
    await page.getByRole('button', { name: '单步' }).click();
    await page.locator('.training-maps[data-step="1"]').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await close();
  });
});

describe.skipIf(!hasBrowser)('on a page that is not cross-origin isolated', () => {
  test('one thread trains, and the engine says why', async () => {
    const site = await openSite();
    const { page, close } = await open(site, '#training');
    expect(await page.locator('[data-threads]').getAttribute('data-threads')).toBe('1');
    await page.getByText('with the headers of cross-origin isolation').waitFor();
    await takeStep(page, 1);
    await close();
    await site.close();
  });
});
