// Packs every package as it would be published and has publint and attw look at it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'tapegrad-packages-'));
const run = (command, args) => execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
try {
  for (const name of readdirSync('packages')) {
    run('npx', ['pnpm', '--dir', join('packages', name), 'pack', '--pack-destination', folder]);
  }
  for (const file of readdirSync(folder)) {
    run('node_modules/.bin/publint', [join(folder, file), '--strict']);
    run('node_modules/.bin/attw', [join(folder, file), '--profile', 'esm-only', '--format', 'table-flipped']);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
