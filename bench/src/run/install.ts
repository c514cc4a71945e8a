import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { outputOf } from './process.ts';

const bench = fileURLToPath(new URL('../..', import.meta.url));
const pnpm = fileURLToPath(new URL('../../../node_modules/.bin/pnpm', import.meta.url));

/** Installs the competitors, the bundler and the charts at the first whole run, for nothing else needs them. */
export async function installPeers(say: (line: string) => void): Promise<void> {
  if (existsSync(`${bench}/node_modules`)) return;
  say('installing what the bench compares with (once)');
  await outputOf(pnpm, ['--dir', bench, 'install', '--frozen-lockfile']);
}
