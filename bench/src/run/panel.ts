import { fileURLToPath } from 'node:url';
import type { StepReport } from '../cli/commands.ts';
import { learningRate } from '../nets.ts';
import { type PanelName, panelNets } from '../panel/nets.ts';
import { sentenceOf } from '../problem.ts';
import { median } from '../statistics.ts';
import type { Field } from './competitors.ts';
import { jsonOf, measureApart, outputOf } from './process.ts';
import type { LeftOut, Panel, PanelResult, PanelTime } from './results.ts';

/** Who plays: tapegrad on each of these Nodes, and PyTorch, all with so many threads. */
export interface PanelField extends Field {
  readonly nodes: readonly string[];
  readonly threads: number;
}

type Turn = Required<Pick<StepReport, 'minMs' | 'medianMs' | 'peakBytes'>>;
type Say = (line: string) => void;

/** How PyTorch may be run; it plays on with the one that was fastest in the first round. */
const variants = ['eager', 'channels_last', 'compile'] as const;
type Variant = (typeof variants)[number];

const torchScript = fileURLToPath(new URL('../../python/torch_panel.py', import.meta.url));
const countless = 1_000_000;

/** The nets of the panel, each several rounds of ours and PyTorch's in turn: the best step of all counts. */
export async function playPanel(
  nets: readonly PanelName[],
  field: PanelField,
  rounds: number,
  say: Say,
): Promise<{ panel: Panel; leftOut: readonly LeftOut[] }> {
  const engines: Record<string, string> = {};
  const versions: string[] = [];
  for (const node of field.nodes) versions.push((await outputOf(node, ['--version'])).trim());
  const leftOut: LeftOut[] = [];
  const results: PanelResult[] = [];
  for (const net of nets) {
    const own = field.nodes.map((): Turn[] => []);
    const theirs = new Map<Variant, Turn[]>();
    for (let round = 1; round <= rounds; round++) {
      for (const [at, node] of field.nodes.entries()) {
        const { engine = '', ...turn } = await ownTurn(node, net, field);
        engines[versions[at]] = engine;
        own[at].push(turn);
        say(
          `round ${round}/${rounds}  ${net.padEnd(10)}${`tapegrad, Node ${versions[at]}`.padEnd(30)}${turn.minMs.toFixed(2)} ms`,
        );
      }
      for (const variant of round === 1 ? variants : fastest(theirs)) {
        try {
          const turn = await torchTurn(net, variant, field);
          theirs.set(variant, [...(theirs.get(variant) ?? []), turn]);
          say(
            `round ${round}/${rounds}  ${net.padEnd(10)}${`PyTorch, ${variant}`.padEnd(30)}${turn.minMs.toFixed(2)} ms`,
          );
        } catch (error) {
          leftOut.push({ part: 'panel', what: `PyTorch, ${variant}, on ${net}`, why: sentenceOf(error) });
          say(`round ${round}/${rounds}  ${net.padEnd(10)}${`PyTorch, ${variant}`.padEnd(30)}left out`);
        }
      }
    }
    const [variant] = fastest(theirs);
    results.push({
      net,
      ours: Object.fromEntries(versions.map((version, at) => [version, summed(own[at])])),
      torch: variant ? { variant, ...summed(theirs.get(variant) ?? []) } : null,
    });
  }
  return { panel: { threads: field.threads, engines, rounds, nets: results }, leftOut };
}

/** The variant with the best step so far, if any ran. */
function fastest(turns: ReadonlyMap<Variant, readonly Turn[]>): Variant[] {
  const best = (variant: Variant): number => summed(turns.get(variant) ?? []).minMs;
  return [...turns.keys()].sort((a, b) => best(a) - best(b)).slice(0, 1);
}

function summed(turns: readonly Turn[]): PanelTime {
  return {
    minMs: Math.min(...turns.map(({ minMs }) => minMs)),
    medianMs: median(turns.map(({ medianMs }) => medianMs)),
    peakBytes: Math.max(...turns.map(({ peakBytes }) => peakBytes)),
  };
}

function ownTurn(node: string, net: PanelName, field: PanelField): Promise<Turn & { engine?: string }> {
  const { threads, seconds, warmUpSeconds } = field;
  return measureApart(node, [
    ...['step', `--net=${net}`, `--threads=${threads}`, '--details'],
    ...[`--steps=${countless}`, `--seconds=${seconds}`, `--warm-up=${warmUpSeconds}`],
  ]);
}

function torchTurn(net: PanelName, variant: Variant, field: PanelField): Promise<Turn> {
  return jsonOf(field.python, [
    torchScript,
    `--net=${JSON.stringify(panelNets[net])}`,
    `--variant=${variant}`,
    `--learning-rate=${learningRate}`,
    `--threads=${field.threads}`,
    `--seconds=${field.seconds}`,
    `--warm-up-seconds=${field.warmUpSeconds}`,
  ]);
}
