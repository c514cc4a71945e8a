import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { engineInfo } from '@tapegrad/core';
import { keep, runOptionNames } from '../kept.ts';
import type { Options } from '../options.ts';
import { quoted } from '../shell.ts';

/** Where a run ran: versions, engine, machine. */
export function surroundings(): (readonly [name: string, value: string])[] {
  const { engine, threads, notes } = engineInfo();
  const processors = cpus();
  return [
    ['tapegrad', version()],
    ['Node', `${process.versions.node} (V8 ${process.versions.v8})`],
    ['Engine', [engine, ...notes].join('; ')],
    ['Threads', String(threads)],
    ['Platform', `${process.platform}, ${process.arch}`],
    ['Processor', `${processors[0]?.model.trim() || 'of unknown model'}, ${processors.length} cores`],
  ];
}

/** The version of `@tapegrad/core`, beside which this example lives. */
function version(): string {
  const file = new URL('../../../../packages/core/package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
  return version;
}

/** The options of a run by their names, those that its course depends on and where its data came from. */
export function optionList(options: Options): (readonly [flag: string, value: string])[] {
  const { run } = keep(options, {});
  const isSaid = (name: keyof typeof run): boolean =>
    name !== 'digits' && name !== 'dataset' && run[name] !== undefined;
  const said = runOptionNames.filter(isSaid).map((name) => [dashed(name), String(run[name])] as const);
  const data = options.dataDir === undefined ? [] : [['data-dir', options.dataDir] as const];
  return [['dataset', options.digits ? 'digits' : options.dataset], ...data, ...said];
}

/** The command that does the same again, from the beginning. */
export function commandOf(command: string, options: Options): string {
  const words = optionList(options).map(([name, value]) => `--${name} ${quoted(value)}`);
  return [`npx ${command}`, ...words].join(' ');
}

const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
