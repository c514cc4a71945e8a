import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idxFiles } from './idxFiles.ts';
import { tabs } from './looks.ts';
import { hasBrowser, numberOn, openSite, type Site } from './site.ts';

/* What surrounds the tabs: where the state is, where it is found again, and what can be taken away. */

const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** The text of a file that a button of the dialog saves. */
async function saved(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await (download as Download).path()) };
}

describe.skipIf(!hasBrowser)('around the tabs', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite({
      others: (page) => {
        const html = String(page.get('/index.html')).replace(
          'name="tapegrad-mnist" content=""',
          'name="tapegrad-mnist" content="digits"',
        );
        return new Map<string, string | Uint8Array>([
          ['/index.html', html],
          ...idxFiles().map(({ name, buffer }): [string, Uint8Array] => [`/digits/${name}.gz`, gzipSync(buffer)]),
        ]);
      },
    });
  });
  afterAll(async () => await site?.close());

  test('a newcomer opens, drags, reads, copies the link, and finds the same elsewhere; what was set survives other tabs', async () => {
    const { page, close } = await site.visit('', {
      permissions: ['clipboard-read', 'clipboard-write'],
      viewport: { width: 1280, height: 800 },
    });
    await page.locator('[data-name="strip-loss"]').waitFor();
    // Nothing was changed yet: the link has the tab and the language all the same.
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect.poll(() => copied(page)).toMatch(/#steps\?language=en$/);

    const slider = page.locator('.steps-inputs input[type=range]').nth(1);
    const { x, y, width, height } = (await slider.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const loss = await numberOn(page, 'strip-loss');
    await page.mouse.move(x + 0.55 * width, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + 0.75 * width, y + height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => numberOn(page, 'strip-loss')).toBeGreaterThan(loss + 1);
    await page.getByText('Copied').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect.poll(() => copied(page)).toMatch(/#steps\?logits=3,[\d.]+,-3&language=en$/);
    const [address, dragged] = [await copied(page), await numberOn(page, 'strip-loss')];
    expect(address).toBe(page.url());

    // Cause and effect share a screen, and so does the step with what is said of it.
    const told = (await page.locator('.steps-told').boundingBox()) ?? { y: 9999, height: 0 };
    const size = page.viewportSize() ?? { width: 0, height: 0 };
    for (const name of ['strip-loss', 'strip-p-0-2', 'strip-gradient-0-2']) {
      const box = await page.locator(`[data-name="${name}"]`).boundingBox();
      expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThan(size.height);
    }
    expect(told.y).toBeLessThan(size.height);

    await page.locator('nav a[href="#distributions"]').click();
    await page.getByRole('button', { name: 'Mirrored' }).click();
    await page.locator('nav a[href="#breaking"]').click();
    await page.getByRole('button', { name: 'Run without a prediction' }).click();
    await page.locator('.breaking-result [data-end]').waitFor();
    await page.locator('nav a[href="#steps"]').click();
    await expect.poll(() => numberOn(page, 'strip-loss')).toBe(dragged);
    await expect.poll(() => page.url()).toBe(address);
    await page.locator('nav a[href="#distributions"]').click();
    await expect.poll(() => page.url()).toContain('p=0.7,0.2,0.1');
    await page.locator('nav a[href="#breaking"]').click();
    await page.locator('.breaking-result [data-end]').waitFor();

    const there = await site.visit(new URL(address).hash, { locale: 'zh-CN' });
    await expect.poll(() => numberOn(there.page, 'strip-loss')).toBe(dragged);
    expect(await there.page.evaluate(() => document.documentElement.lang)).toBe('en');
    await there.close();
    await close();
  });

  test('the tab bar is one row on a phone, shows where one is, and opens to all', async () => {
    const { page, close } = await site.visit('#training?language=en', { viewport: { width: 390, height: 844 } });
    const bar = page.locator('nav');
    expect((await bar.boundingBox())?.height).toBeLessThan(60);
    await expect.poll(async () => (await page.locator('nav a[aria-current]').boundingBox())?.x).toBeGreaterThan(0);
    const box = await page.locator('nav a[aria-current]').boundingBox();
    expect((box?.x ?? 999) + (box?.width ?? 0)).toBeLessThan(390);
    await page.getByRole('button', { name: 'All' }).click();
    for (const tab of tabs) {
      const link = await page.locator(`nav a[href="#${tab}"]`).boundingBox();
      expect((link?.x ?? 999) + (link?.width ?? 0)).toBeLessThanOrEqual(390);
    }
    await page.locator('nav a[href="#steps"]').click();
    await expect.poll(async () => (await bar.boundingBox())?.height).toBeLessThan(60);
    await page.locator('[data-name="strip-loss"]').waitFor();
    // On a phone too the sliders and what they do share a screen.
    for (const name of ['strip-loss', 'strip-gradient-0-2']) {
      const effect = await page.locator(`[data-name="${name}"]`).boundingBox();
      expect((effect?.y ?? 9999) + (effect?.height ?? 0)).toBeLessThan(844);
    }
    await page.getByRole('button', { name: 'To the start' }).click();
    for (const _ of [1, 2, 3]) await page.getByRole('button', { name: 'Next step' }).click();
    const told = await page.locator('.steps-told').boundingBox();
    const step = await page.locator('.steps-box[aria-current]').boundingBox();
    expect((told?.y ?? 9999) + (told?.height ?? 0)).toBeLessThanOrEqual(844);
    expect(step?.y).toBeGreaterThan(0);
    expect((step?.y ?? 9999) + (step?.height ?? 0)).toBeLessThanOrEqual((told?.y ?? 0) + 1);
    await close();
  });

  test('a tab is embedded without a header, and its link opens it whole', async () => {
    const { page, close } = await site.visit('#losses?residual=1&language=zh&embed=1');
    expect(await page.locator('header, footer').count()).toBe(0);
    await page.getByRole('spinbutton', { name: '残差' }).fill('-1.5');
    await expect.poll(() => page.url()).toMatch(/residual=-1.5&language=zh&embed=1$/);
    const [whole] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: '在 tapegrad 实验室中打开' }).click(),
    ]);
    await whole.locator('header nav').waitFor();
    expect(whole.url()).toMatch(/#losses\?residual=-1.5&language=zh$/);
    await close();
  });

  test('pictures, formulas, tables, code and the frame can be taken away, and paper shows the content alone', async () => {
    const { page, close } = await site.visit('#steps?logits=1,2,3&at=backward-softmax&language=en', {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.locator('[data-name="strip-loss"]').waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take it with you' });
    expect(await dialog.getByRole('textbox', { name: 'In another page' }).inputValue()).toMatch(
      /^<iframe src="http:[^"]+#steps\?logits=1,2,3&amp;at=backward-softmax&amp;language=en&amp;embed=1" title="tapegrad: Step machine"/,
    );
    expect(await dialog.getByRole('textbox', { name: 'Code' }).inputValue()).toContain('softmaxCrossEntropy(z, [0])');
    await dialog.getByRole('combobox').selectOption({ label: 'The chain' });
    const svg = await saved(page, 'SVG');
    expect(svg.name).toBe('tapegrad-steps.svg');
    const text = svg.bytes.toString();
    expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    for (const part of ['>softmax<', '>max<', '@font-face', '<path', '<rect']) expect(text).toContain(part);
    expect(text).not.toContain('var(--');
    const png = await saved(page, 'PNG');
    expect([...png.bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    expect(png.bytes.length).toBeGreaterThan(20_000);
    const latex = (await saved(page, 'LaTeX')).bytes.toString();
    expect(latex).toContain('\\section*{Beside it: the fused form}');
    expect(latex).toContain('\\frac{\\partial L}{\\partial z}');
    const csv = (await saved(page, 'CSV')).bytes.toString();
    const gradient = await numberOn(page, 'strip-gradient-0-1');
    expect(csv).toContain(`,${gradient}`);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);

    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['header', 'footer', '.settings-fold', '.steps-transport']) {
      expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
    }
    expect(await page.locator('.steps-told').isVisible()).toBe(true);
    expect(await page.locator('.steps-box').first().isVisible()).toBe(true);
    await close();
  });

  test('MNIST by one click where the host has it; weights are loaded; a trained net survives other tabs', async () => {
    const { page, close } = await site.visit('#training?net=tiny&digits=plain&language=en');
    await page.locator('[data-engine]').waitFor();
    await page.getByRole('button', { name: 'Load MNIST' }).click();
    await page.getByText('30 images to learn from, 20 to be tested on.').waitFor();
    await page.getByRole('button', { name: 'One step' }).click();
    await page.locator('.training-maps[data-step="1"]').waitFor();
    const weight = await numberOn(page, 'filter-0-0');
    await page.locator('nav a[href="#losses"]').click();
    await page.locator('data[data-name="a-l1"]').waitFor();
    await page.locator('nav a[href="#training"]').click();
    await expect.poll(() => numberOn(page, 'step')).toBe(1);
    expect(await numberOn(page, 'filter-0-0')).toBe(weight);
    await page.getByText('Paused after step 1.').waitFor();

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the weights' }).click(),
    ]);
    const file = { name: download.suggestedFilename(), mimeType: '', buffer: await readFile(await download.path()) };
    await page.locator('.settings-fold > summary').click();
    await page.getByLabel('8 · 16', { exact: true }).check();
    await expect.poll(() => page.getByRole('button', { name: /^Filter/ }).count()).toBe(8);
    await page.getByLabel('Load weights').setInputFiles({ ...file, buffer: Buffer.from('no weights') });
    await page.getByText('The weights were not taken').waitFor();
    await page.getByLabel('Load weights').setInputFiles(file);
    await page.getByText('Ready, with the weights of the file.').waitFor();
    await expect.poll(() => numberOn(page, 'filter-0-0')).toBe(weight);
    expect(await page.getByLabel('4 · 8', { exact: true }).isChecked()).toBe(true);
    await close();
  });

  test('a worker that does not start is told, in the language of the page, and can be tried again', async () => {
    const context = await site.browser.newContext({ locale: 'zh-CN' });
    const page = await context.newPage();
    await page.route(/worker-.*\.js$/, (route) => route.abort());
    await page.goto(`${site.address}#breaking`);
    await page.getByRole('button', { name: '不预测，直接运行' }).click();
    await page.getByText('计算中断，没有得到结果。').waitFor();
    expect(await page.getByText('正在计算…').count()).toBe(0);
    await page.unroute(/worker-.*\.js$/);
    await page.getByRole('button', { name: '重试' }).click();
    await page.locator('.breaking-result [data-end="nan"]').waitFor();
    await context.close();
  });

  test('a button that is off can still be read', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, close } = await site.visit('#breaking', { colorScheme });
      const run = page.getByRole('button', { name: 'Run', exact: true });
      expect(await run.isDisabled()).toBe(true);
      const [ink, ground] = await run.evaluate((button) => {
        const { color, backgroundColor } = getComputedStyle(button);
        return [color, backgroundColor].map((colour) => (colour.match(/\d+/g) ?? []).slice(0, 3).map(Number));
      });
      expect(contrast(ink, ground)).toBeGreaterThan(4.5);
      await close();
    }
  });
});

/** The contrast of two colours, from 1 to 21, as WCAG defines it. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
