import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env.TAPEGRAD_CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is a browser to test in; `TAPEGRAD_CHROMIUM` names another one. */
export const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.warn(`no browser at ${executablePath}: set TAPEGRAD_CHROMIUM to test in a page`);

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
}
