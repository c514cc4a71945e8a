import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
/** A package's README holds a program besides: it is what is read where packages are found. */
const most = { lines: 30, linesOfPackage: 45, files: 12 };

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .trim()
  .split('\n')
  .filter((path) => existsSync(root + path));

const packages = files.filter((path) => path.endsWith('/package.json')).map((path) => posix.dirname(path));

/** Folders with more than so many sources of their own, tests left out. */
const sources = files.filter((path) => /\.(tsx?|mjs|css)$/.test(path) && !path.endsWith('.test.ts'));
const folders = sources.map((path) => posix.dirname(path));
const largeFolders = [...new Set(folders)].filter(
  (one) => folders.filter((folder) => folder === one).length > most.files,
);

const hasReadme = (folder: string): boolean => files.includes(posix.join(folder, 'README.md'));

describe('a README', () => {
  test.each([...packages, 'docs', 'examples', 'test', 'tools'])('stands in %s', (folder) => {
    expect(hasReadme(folder)).toBe(true);
  });

  test.each(largeFolders)('stands in %s, which is large, or right above it', (folder) => {
    expect([folder, posix.dirname(folder)].some(hasReadme)).toBe(true);
  });

  const inside = files.filter((path) => path.endsWith('/README.md'));
  test.each(inside)('is short, and names files that exist: %s', (path) => {
    const text = readFileSync(root + path, 'utf8');
    const limit = /^packages\/[^/]+\/README/.test(path) ? most.linesOfPackage : most.lines;
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(limit);
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) =>
      posix.join(posix.dirname(path), link),
    );
    expect(links.filter((link) => !existsSync(root + link))).toEqual([]);
  });

  test('of the tests here names each of them', () => {
    const named = [...readFileSync(`${root}test/README.md`, 'utf8').matchAll(/^\| (`.+?) \|/gm)].flatMap(([, names]) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    const ours = files
      .filter((path) => /^test\/.+\.test\.ts$/.test(path))
      .map((path) => /^test\/(\w+)/.exec(path)?.[1]);
    expect([...new Set(named)].sort()).toEqual([...new Set(ours)].sort());
  });
});
