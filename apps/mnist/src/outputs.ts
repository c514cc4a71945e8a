import { resolve } from 'node:path';
import { ValueError } from '@tapegrad/core';
import type { Options } from './options.ts';

/**
 * Throws before a run when two of the things that it writes would have the same file, of which only the last would remain.
 *
 * @throws ValueError naming both options
 */
export function checkOutputs({ checkpoint, metrics, report, save = [] }: Partial<Options>): void {
  const outputs: readonly (readonly [option: string, path: string | undefined])[] = [
    ['--checkpoint', checkpoint],
    ['--metrics', metrics],
    ['--report', report],
    ...save.map((file) => ['--save', file] as const),
  ];
  const seen = new Map<string, string>();
  for (const [option, path] of outputs) {
    if (path === undefined) continue;
    const before = seen.get(resolve(path));
    if (before !== undefined) {
      throw new ValueError({
        operation: option,
        got: `${path}, where ${before} writes too`,
        wanted: 'a file of its own for each',
        remedy: 'Name another file for one of them',
      });
    }
    seen.set(resolve(path), option);
  }
}
