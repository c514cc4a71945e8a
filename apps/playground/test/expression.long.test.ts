import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settled } from './looks.ts';
import { hasBrowser, numberOn, openSite, type Site } from './site.ts';

describe.skipIf(!hasBrowser)('an expression of one’s own', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(async () => await site?.close());

  test('is typed, dragged, walked, and kept in the address', async () => {
    const { page, close } = await site.visit('#expression');
    await settled(page);
    expect(await numberOn(page, 'gradient-x')).toBeCloseTo(3 * Math.exp(2), 10);
    // Typed: a new name appears, and its value is typed too.
    await page.getByRole('textbox', { name: 'Expression' }).fill('w * x^2');
    await page.locator('[data-name="value-of-w"]').fill('3');
    // With w = 1, as it was before, that of x would be 4, and that of w the same.
    await expect.poll(() => numberOn(page, 'gradient-x')).toBe(12);
    expect(await numberOn(page, 'gradient-w')).toBe(4);
    expect(await numberOn(page, 'second-0-1')).toBe(4);
    // Dragged.
    await page.getByRole('slider', { name: 'Value of x' }).fill('1');
    await expect.poll(() => numberOn(page, 'gradient-w')).toBe(1);
    // Walked to the end, where x has received all.
    await page.getByRole('button', { name: 'To the end' }).click();
    await expect.poll(() => numberOn(page, 'step-cotangent')).toBe(1);
    await page.getByRole('button', { name: 'Previous step' }).click();
    await expect.poll(() => page.evaluate(() => location.hash)).toContain('at=b');
    const address = await page.evaluate(() => location.hash);
    await close();
    // Opened elsewhere, in the other language.
    expect(address).toContain('language=en');
    const elsewhere = await site.visit(address.replace('language=en', 'language=zh'));
    await expect.poll(() => numberOn(elsewhere.page, 'gradient-w')).toBe(1);
    expect(await elsewhere.page.getByRole('textbox', { name: '表达式' }).inputValue()).toBe('w * x^2');
    await elsewhere.close();
  });

  test('a fault is told in the reader’s language, and the tape before it stays', async () => {
    const { page, close } = await site.visit('#expression?language=zh');
    await settled(page);
    const text = page.getByRole('textbox', { name: '表达式' });
    await text.fill('x * exo(x)');
    await page.getByRole('alert').filter({ hasText: '您是否想写 exp' }).waitFor();
    expect(await page.locator('mark').textContent()).toBe('exo');
    expect(await numberOn(page, 'gradient-x')).toBeCloseTo(3 * Math.exp(2), 10);
    await text.fill('x * [1, 2]');
    await page.locator('[data-name="value-of-x"]').fill('1, 2, 3');
    await page.getByRole('alert').filter({ hasText: 'multiply 不接受这样的操作数' }).waitFor();
    await close();
  });

  test('every loss can be chosen, and stepped by a click on the picture', async () => {
    const { page, close } = await site.visit('#expression');
    await settled(page);
    const examples = page.getByRole('combobox', { name: 'Begin with' });
    const losses = await examples.locator('optgroup:not(:first-of-type) option').allTextContents();
    expect(losses.length).toBeGreaterThanOrEqual(30);
    for (const loss of [
      'huberLoss(x, t, delta=1)',
      'klDivergence(of=p, from=q)',
      'tripletMarginLoss(a, p, n, margin=1)',
    ]) {
      await examples.selectOption({ label: loss });
      await expect.poll(() => page.getByRole('textbox', { name: 'Expression' }).inputValue()).toBe(loss);
      await page.getByText('agrees along').waitFor();
      await page.locator('.expression-picture .box[data-step="0"]').click();
      await page.locator('.expression-row', { hasText: '%0' }).waitFor();
    }
    // What one op does at once is told in elementary steps as well.
    await examples.selectOption({ label: 'softmaxCrossEntropy(z, 1)' });
    await page.locator('.expression-picture .box[data-step="2"]').click();
    await page.getByText('The same in elementary steps').click();
    expect(await page.locator('.expression-long tbody tr').count()).toBeGreaterThan(6);
    expect(await page.getByRole('alert').count()).toBe(0);
    await close();
  });
});
