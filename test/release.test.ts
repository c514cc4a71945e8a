import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from './snippets.ts';
import { copyTree } from './treeCopy.ts';

interface Description {
  readonly name: string;
  readonly version: string;
  readonly keywords: readonly string[];
  readonly homepage: string;
  readonly bugs: { readonly url: string };
  readonly repository: { readonly directory: string };
  readonly files: readonly string[];
  readonly publishConfig: unknown;
}

const describePackage = (folder: string, name: string): Description =>
  JSON.parse(readFileSync(join(folder, 'packages', name, 'package.json'), 'utf8'));

const packages = readdirSync(join(root, 'packages'));

describe.each(packages)('the package %s', (name) => {
  const description = describePackage(root, name);

  test('says where it is from and what it is', () => {
    expect(description.repository.directory).toBe(`packages/${name}`);
    expect(description.homepage).toContain(`packages/${name}`);
    expect(description.bugs.url).toMatch(/^https:/);
    expect(description.keywords.length).toBeGreaterThan(4);
    expect(description.publishConfig).toEqual({ access: 'public', provenance: true });
  });

  test('has a CHANGELOG that goes with it and knows its version', () => {
    expect(description.files).toContain('CHANGELOG.md');
    expect(readFileSync(join(root, 'packages', name, 'CHANGELOG.md'), 'utf8')).toContain(
      `\n## ${description.version}\n`,
    );
  });
});

test('all packages have one version', () => {
  expect(new Set(packages.map((name) => describePackage(root, name).version)).size).toBe(1);
});

describe('the release script', () => {
  const { NPM_TOKEN: _, ACTIONS_ID_TOKEN_REQUEST_URL: __, ...environment } = process.env;
  const release = (args: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
    spawnSync(process.execPath, ['tools/release.mjs', ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...environment, ...variables },
    });

  test.each([
    [[], {}, 'NPM_TOKEN is not set'],
    [[], { NPM_TOKEN: 'none' }, 'provenance needs a build service'],
    [['--dry'], {}, '--dry is not known'],
  ])('refuses %j with %j', (args, variables, message) => {
    const { status, stderr } = release(args, variables);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

// Changesets asks for a newer Node than tapegrad does.
describe.skipIf(Number(process.versions.node.split('.')[0]) < 22)('changesets', () => {
  let copy = '';
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test('one note raises the version of every package, and its CHANGELOG says so', () => {
    copy = copyTree();
    writeFileSync(join(copy, '.changeset/note.md'), `---\n'@tapegrad/nn': minor\n---\n\nA layer that was missing.\n`);
    const changeset = join(root, 'node_modules/@changesets/cli/bin.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [changeset, 'version'], {
      cwd: copy,
      encoding: 'utf8',
    });
    expect(status, stdout + stderr).toBe(0);
    const [major, minor] = describePackage(root, 'nn').version.split('.').map(Number);
    for (const name of packages) expect(describePackage(copy, name).version).toBe(`${major}.${minor + 1}.0`);
    expect(readFileSync(join(copy, 'packages/nn/CHANGELOG.md'), 'utf8')).toContain('A layer that was missing.');
  });
});
