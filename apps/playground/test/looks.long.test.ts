import { afterAll, beforeAll, describe, test } from 'vitest';
import { expectGoodLook, tabs } from './looks.ts';
import { hasBrowser, openSite, type Site } from './site.ts';

/** CI has no time for them: `npx pnpm test:all` by itself looks at all tabs. */
const isShort = process.env.TAPEGRAD_LOOKS === 'some';
if (isShort) console.log('TAPEGRAD_LOOKS=some: the tabs are not looked at on a phone, in the dark, in Chinese.');

describe.skipIf(!hasBrowser || isShort)('the page on a phone, in the dark, in Chinese', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(async () => await site?.close());

  test.each(tabs)('%s reads out well and fits', async (tab) => {
    await expectGoodLook(site, tab, { colours: 'dark', width: 390, language: 'zh' });
  });
});
