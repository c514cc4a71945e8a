import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { families, type Options, parts } from '../cli/options.ts';
import { type NetName, netNames } from '../nets.ts';
import { type PanelName, panelNames } from '../panel/nets.ts';
import { scalingChart, stepsChart } from '../report/charts.ts';
import { writeDocument } from '../report/document.ts';
import { report } from '../report/report.ts';
import { competitors } from './competitors.ts';
import { earlierResults, withEarlier } from './earlier.ts';
import { installPeers } from './install.ts';
import { describeMachine } from './machine.ts';
import { playPanel } from './panel.ts';
import { measureKernelsApart, measureKindsApart, measureOneThingEach, measureScaling } from './parts.ts';
import { playPredictions } from './predictions.ts';
import type { Results } from './results.ts';
import { noiseOf, playRounds } from './rounds.ts';
import { typed } from './typed.ts';

const ownFolder = fileURLToPath(new URL('../../results', import.meta.url));

/** The whole run: measures, prints a table, and writes it with charts and JSON into a folder. */
export async function run(options: Options, args: readonly string[]): Promise<void> {
  const folder = options.out ? resolve(process.env.INIT_CWD ?? '.', options.out) : ownFolder;
  if (options.docs) return writeDocument(folder);
  const say = (line: string): void => console.error(line);
  mkdirSync(folder, { recursive: true });
  await installPeers(say);
  const file = join(folder, 'results.json');
  const results = withEarlier(await measure(options, args, say), earlierResults(file));
  const text = report(results);
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(folder, 'results.md'), text);
  if (results.steps?.length) writeFileSync(join(folder, 'steps.svg'), await stepsChart(results.steps));
  if (results.scaling) writeFileSync(join(folder, 'scaling.svg'), await scalingChart(results.scaling));
  console.log(text);
  console.log(`Table, charts and JSON are in ${folder}`);
}

async function measure(options: Options, args: readonly string[], say: (line: string) => void): Promise<Results> {
  const { quick = false, only = families, node = process.execPath, batch = 64, python = 'python3' } = options;
  const isAsked = (part: (typeof parts)[number]): boolean => (options.parts ?? parts).includes(part);
  const turn = quick ? { warmUpSeconds: 0.5, seconds: 0.5 } : { warmUpSeconds: 1.5, seconds: 3 };
  const field = { node, python, batch, ...turn };
  const machine = await describeMachine(node, python);
  const rounds = isAsked('steps')
    ? await playRounds(
        competitors.filter(({ family }) => only.includes(family)),
        options.nets?.filter(isOurs) ?? (quick ? ['small'] : netNames),
        options.rounds ?? (quick ? 2 : 3),
        field,
        say,
      )
    : undefined;
  const panel = isAsked('panel')
    ? await playPanel(
        options.nets?.filter((net): net is PanelName => !isOurs(net)) ?? panelNames,
        { ...field, nodes: options.nodes ?? [node], threads: options.threads ?? 2 },
        options.rounds ?? (quick ? 1 : 3),
        say,
      )
    : undefined;
  const predictions = isAsked('predict')
    ? await playPredictions({ ...field, nodes: [node], threads: options.threads ?? 2 }, quick ? 1 : 2, say)
    : undefined;
  return {
    command: typed(args),
    date: new Date().toISOString().slice(0, 10),
    machine,
    batch,
    steps: rounds?.steps,
    noise: rounds && noiseOf(rounds.steps),
    panel: panel?.panel,
    predictions,
    leftOut: [...(rounds?.leftOut ?? []), ...(panel?.leftOut ?? [])],
    kernels: isAsked('kernels') ? await measureKernelsApart(field, say) : undefined,
    kinds: isAsked('kinds') ? await measureKindsApart(options.nodes ?? [node], say) : undefined,
    ...(await measureOneThingEach(field, quick, isAsked, say)),
    scaling: isAsked('scaling') ? await measureScaling(field, quick, say) : undefined,
  };
}

function isOurs(net: NetName | PanelName): net is NetName {
  return netNames.some((name) => name === net);
}
