import type { KernelReport } from '../measure/kernels.ts';
import { number, percent } from './numbers.ts';
import { table } from './table.ts';

/** One row a kernel and layer, one pair of columns an engine: GFLOP/s, and how much of the ceiling that is. */
export function kernelSection(reports: readonly KernelReport[], batch: number): string {
  const names = reports.map(({ engine, threads }) => `${engine} ×${threads}`);
  const [first] = reports;
  const rows = first.speeds.map(({ net, layer, kernel }, index) => [
    net,
    layer,
    kernel,
    ...reports.map(({ speeds, ceiling }) => {
      const { gigaflops } = speeds[index];
      return `${number(gigaflops)} (${percent(gigaflops / ceiling)})`;
    }),
  ]);
  const ceilings = ['', 'multiply-adds in registers', 'the ceiling', ...reports.map(({ ceiling }) => number(ceiling))];
  return [
    `### GFLOP/s of kernels, batch ${batch}`,
    'By engine and number of threads, and in brackets how much that is of multiply-adds in registers, measured before and\nafter: the best run of each. Operations are counted as the definition has them: a kernel that gets by with fewer\nmultiplications, as Winograd does, may exceed the ceiling.',
    table(['net', 'layer', 'kernel', ...names], [ceilings, ...rows]),
  ].join('\n\n');
}
