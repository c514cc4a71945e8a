import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packAll, temporaryFolder, write } from './packed.ts';
import { everyDoor, resumed, slope, slopeInJavaScript, slopeIs } from './programs.ts';
import { installWith, run } from './projects.ts';

/* Bundlers, frameworks, test runners and other runtimes, each with the packed packages. */

const versions = {
  '@rollup/plugin-commonjs': '29.0.3',
  '@rollup/plugin-node-resolve': '16.0.3',
  '@types/react': '19.3.3',
  bun: '1.4.5',
  deno: '2.9.6',
  esbuild: '0.28.2',
  jest: '30.5.2',
  next: '16.4.6',
  react: '19.3.1',
  'react-dom': '19.3.1',
  rollup: '4.68.8',
  typescript: '6.0.3',
  'typescript-5.4': 'npm:typescript@5.4.5',
  'typescript-5.9': 'npm:typescript@5.9.3',
  vite: '8.3.8',
  vitest: '4.1.12',
  webpack: '5.113.0',
  'webpack-cli': '7.3.1',
};

let project = '';
const tool = (name: string): string => join(project, 'node_modules/.bin', name);
const node = (file: string): string => run(project, process.execPath, file);

beforeAll(() => {
  project = temporaryFolder();
  const packed = packAll(join(project, 'packed'));
  installWith('npm', packed, project, versions);
  write(project, {
    'slope.ts': slope,
    'slope.js': slopeInJavaScript,
    'shown.js': `import { slope } from './slope.js';\nconsole.log(slope());\n`,
    'shown.ts': `import { slope } from './slope.ts';\nconsole.log(slope());\n`,
  });
}, 600_000);
afterAll(() => rmSync(project, { recursive: true, force: true }), 300_000);

describe('bundlers', () => {
  test('esbuild, from TypeScript with `using`', () => {
    run(
      project,
      tool('esbuild'),
      'shown.ts',
      '--bundle',
      '--format=esm',
      '--target=es2022',
      '--outfile=out/esbuild.js',
    );
    expect(node('out/esbuild.js')).toBe(`${slopeIs}\n`);
  });

  test('Rollup, with its plugins for packages and CommonJS', () => {
    const plugins = ['--plugin', '@rollup/plugin-node-resolve', '--plugin', '@rollup/plugin-commonjs'];
    run(project, tool('rollup'), 'shown.js', ...plugins, '--format', 'es', '--file', 'out/rollup.js');
    expect(node('out/rollup.js')).toBe(`${slopeIs}\n`);
  });

  test('webpack, without settings', () => {
    run(project, tool('webpack'), './shown.js', '--mode', 'production', '--output-path', join(project, 'out/webpack'));
    write(project, { 'out/webpack/package.json': '{ "type": "commonjs" }' });
    expect(node('out/webpack/main.js')).toBe(`${slopeIs}\n`);
  });

  test('Vite, a page', () => {
    write(project, { 'index.html': '<script type="module" src="/shown.ts"></script>' });
    run(project, tool('vite'), 'build', '--outDir', 'out/vite');
    expect(readFileSync(join(project, 'out/vite/index.html'), 'utf8')).toContain('script type="module"');
  });

  test('Next, on the server and in the browser', () => {
    const client = `'use client';\nimport { slope } from '../slope';\nexport default () => <b>{slope()}</b>;\n`;
    const page = `import { slope } from '../slope';\nimport Client from './client';\nexport default () => <p>{slope()}<Client /></p>;\n`;
    const layout = 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;\n';
    write(project, { 'next/slope.ts': slope, 'next/app/client.jsx': client, 'next/app/page.jsx': page });
    write(project, { 'next/app/layout.jsx': layout, 'next/next.config.mjs': nextConfig });
    run(project, tool('next'), 'build', 'next');
    const html = readFileSync(join(project, 'next/out/index.html'), 'utf8');
    expect(html).toContain(`<p>${slopeIs}<b>${slopeIs}</b></p>`);
  }, 300_000);
});

const nextConfig = `export default { output: 'export', turbopack: { root: '..' }, typescript: { ignoreBuildErrors: true } };\n`;

describe('older compilers', () => {
  test.each(['5.4', '5.9'])('TypeScript %s', (version) => {
    write(project, { 'everyDoor.ts': everyDoor });
    const settings = ['--strict', '--target', 'es2022', '--module', 'nodenext', '--lib', 'es2022,esnext.disposable'];
    const compiler = join(project, `node_modules/typescript-${version}/bin/tsc`);
    run(project, process.execPath, compiler, ...settings, '--skipLibCheck', '--noEmit', 'everyDoor.ts', 'slope.ts');
  });
});

describe('test runners', () => {
  const tested = (imports: string): string =>
    `${imports}import { slope } from './slope.js';\ntest('a slope', () => expect(slope()).toBe('${slopeIs}'));\n`;

  test('Vitest', () => {
    write(project, { 'slope.vitest.test.js': tested(`import { expect, test } from 'vitest';\n`) });
    run(project, tool('vitest'), 'run', 'slope.vitest');
  });

  test('Jest, with the modules of Node', () => {
    write(project, { 'slope.jest.test.js': tested('') });
    const jest = join(project, 'node_modules/jest/bin/jest.js');
    run(project, process.execPath, '--experimental-vm-modules', jest, '--rootDir', project, 'slope.jest');
  });
});

describe('runtimes', () => {
  test('Deno', () => {
    expect(run(project, tool('deno'), 'run', '--allow-all', '--node-modules-dir=manual', 'shown.ts')).toBe(
      `${slopeIs}\n`,
    );
  }, 120_000);

  test.each([
    ['Deno', 'deno', 'run', '--allow-all', '--node-modules-dir=manual'],
    ['Bun', 'bun', 'run'],
  ])(
    '%s trains, keeps checkpoints and goes on from them',
    (_, name, ...flags) => {
      if (name === 'bun') run(join(project, 'node_modules/bun'), process.execPath, 'install.js');
      write(project, { 'resumed.ts': resumed.text });
      expect(run(project, tool(name), ...flags, 'resumed.ts')).toBe(resumed.output);
    },
    120_000,
  );

  test('Bun', () => {
    // Its script of installation puts the program, which came as a package, where it belongs.
    run(join(project, 'node_modules/bun'), process.execPath, 'install.js');
    expect(run(project, tool('bun'), 'run', 'shown.ts')).toBe(`${slopeIs}\n`);
  }, 120_000);
});
