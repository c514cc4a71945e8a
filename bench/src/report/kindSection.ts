import type { KindReport } from '../measure/kinds.ts';
import { number, percent } from './numbers.ts';
import { table } from './table.ts';

/** A table for each Node and number of threads, one row a kind: GFLOP/s in each direction, and how much of the ceiling that is. */
export function kindSection(reports: readonly KindReport[]): string {
  return [
    '### GFLOP/s of each kind of product and convolution',
    'In float32, forward and for both gradients, and in brackets how much that is of multiply-adds in registers in the same\nlanes, measured before and after: the best run of each. Operations are counted as the definition has them: a kernel that\ngets by with fewer multiplications, as Winograd does, may exceed the ceiling.',
    ...reports.map((report) => `${headOf(report)}\n\n${tableOf(report)}`),
  ].join('\n\n');
}

function headOf({ node, threads, lanes, ceiling }: KindReport): string {
  const many = threads === 1 ? 'one thread' : `${threads} threads`;
  return `Node ${node}, ${many}, lanes of ${lanes} bits; the ceiling is ${number(ceiling)}:`;
}

function tableOf({ speeds, ceiling }: KindReport): string {
  const shown = (speed: number): string => `${number(speed)} (${percent(speed / ceiling)})`;
  return table(
    ['kind', 'x by weight', 'forward', 'weight gradient', 'input gradient'],
    speeds.map(({ kind, sizes, forward, weightGradient, inputGradient }) => [
      kind,
      sizes,
      shown(forward),
      shown(weightGradient),
      shown(inputGradient),
    ]),
  );
}
