// Writes the reference of every function into `reference/`, from the docstrings: `npx pnpm reference`. An export without a
// docstring, a type that is not exported and a link that leads nowhere are errors. `--check` writes nothing.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const typedoc = fileURLToPath(new URL('../node_modules/typedoc/bin/typedoc', import.meta.url));
const only = process.argv.includes('--check') ? ['--emit', 'none'] : [];
const { status } = spawnSync(process.execPath, [typedoc, ...only], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
