import type { Options } from './options.ts';
import { quoted } from './shell.ts';

/** How a run of `command` goes on that was stopped. */
export function wayOn(
  command: string,
  {
    checkpoint,
    dataDir,
    metrics,
    report,
    save = [],
  }: Pick<Options, 'checkpoint' | 'dataDir' | 'metrics' | 'report' | 'save'>,
): string {
  if (checkpoint === undefined) return 'nothing is kept, for there was no --checkpoint <folder>';
  const flag = (name: string, value?: string): string => (value === undefined ? '' : ` --${name} ${quoted(value)}`);
  const files =
    flag('data-dir', dataDir) +
    flag('metrics', metrics) +
    flag('report', report) +
    save.map((file) => flag('save', file)).join('');
  return `to go on: npx ${command} --checkpoint ${quoted(checkpoint)} --resume${files}`;
}
