import { afterAll, beforeAll, describe } from 'vitest';
import { expectGoodLook, tabs, testOfLooks } from './looks.ts';
import { hasBrowser, openSite, type Site } from './site.ts';

describe.skipIf(!hasBrowser)('the page on a phone, in the dark, in Chinese', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(async () => await site?.close());

  testOfLooks.each(tabs)('%s reads out well and fits', async (tab) => {
    await expectGoodLook(site, tab, { colours: 'dark', width: 390, language: 'zh' });
  });
});
