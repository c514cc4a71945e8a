import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '../problem.ts';
import type { Results } from '../run/results.ts';
import { report } from './report.ts';

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));
const charts = [
  { file: 'steps.svg', alt: 'Milliseconds of a training step, by competitor' },
  { file: 'scaling.svg', alt: 'Milliseconds of a step by batch size, and of an epoch by images' },
];

/**
 * Writes docs/performance.md from the results of a run, and puts the charts beside it.
 *
 * @throws Problem when there are no results
 */
export function writeDocument(folder: string): void {
  const file = join(folder, 'results.json');
  if (!existsSync(file)) throw new Problem(`bench: there is no ${file} yet; \`npx pnpm bench\` makes it.`);
  const results: Results = JSON.parse(readFileSync(file, 'utf8'));
  const pictures = charts.filter(({ file }) => existsSync(join(folder, file)));
  for (const { file } of pictures) copyFileSync(join(folder, file), `${docs}performance-${file}`);
  const shown = pictures.map(({ file, alt }) => `![${alt}](performance-${file})`);
  writeFileSync(`${docs}performance.md`, page(results, shown));
  console.log(`${docs}performance.md is written from ${file}`);
}

function page(results: Results, pictures: readonly string[]): string {
  return [
    '# Performance',
    `Written by \`npx pnpm bench --docs\` from a run of \`${results.command}\`: change that, not this page.`,
    '`small` is conv 5×5 1→8, relu, max pool, conv 5×5 8→16, relu, max pool, dense 256→10; `big` is conv 3×3 1→32, relu,\nconv 3×3 32→64, relu, max pool, dense 9216→128, relu, dense 128→10. A step is forward, softmax cross-entropy, backward\nand Adam on 28×28 images, and ends with reading the loss. Every competitor runs in a process of its own, in turn.',
    ...pictures,
    report(results),
  ].join('\n\n');
}
