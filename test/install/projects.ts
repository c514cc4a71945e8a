import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { root } from '../snippets.ts';
import { type Packed, write } from './packed.ts';

/** Runs a program in a folder, and gives what it printed; what it complained of is shown where it failed. */
export function run(folder: string, ...[program, ...args]: readonly string[]): string {
  const { CI: _, NODE_ENV: __, NODE_OPTIONS: ___, VITEST: ____, ...environment } = process.env;
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env: environment });
  expect(status, `${program} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** The package managers, each in the version that the tests are known to pass with. */
export const managers = ['npm', 'pnpm', 'yarn 1', 'yarn 4'] as const;
export type Manager = (typeof managers)[number];

/** A new project with the packed packages and some of the registry, installed by one of the package managers. */
export function installWith(
  manager: Manager,
  packed: readonly Packed[],
  project: string,
  tools: Readonly<Record<string, string>>,
): void {
  mkdirSync(project, { recursive: true });
  const ours = Object.fromEntries(packed.map(({ name, file }) => [name, `file:${file}`]));
  const description = {
    name: 'project',
    version: '1.0.0',
    private: true,
    type: 'module',
    dependencies: ours,
    devDependencies: tools,
    // The packages ask for each other by their versions, which no registry has yet.
    overrides: ours,
    resolutions: ours,
  };
  write(project, { 'package.json': JSON.stringify(description) });
  const settings = Object.entries(ours).map(([name, file]) => `  '${name}': '${file}'\n`);
  if (manager === 'npm') run(project, 'npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts');
  else if (manager === 'pnpm') {
    write(project, { 'pnpm-workspace.yaml': `packages: []\noverrides:\n${settings.join('')}` });
    run(project, join(root, 'node_modules/.bin/pnpm'), 'install', '--ignore-scripts');
  } else if (manager === 'yarn 1') {
    // Its own store keeps archives by name and version: an older one of the same version would be taken from there.
    const store = ['--cache-folder', join(project, '.store')];
    run(project, 'npx', '--yes', 'yarn@1.22.22', 'install', '--non-interactive', '--ignore-scripts', ...store);
  } else {
    write(project, { '.yarnrc.yml': 'nodeLinker: node-modules\nenableTelemetry: false\n', 'yarn.lock': '' });
    run(project, 'npx', '--yes', '--package=@yarnpkg/cli-dist@4.18.1', 'yarn', 'install', '--mode=skip-build');
  }
}
