import { fileURLToPath } from 'node:url';
import type { StepReport } from '../cli/commands.ts';
import type { Family } from '../cli/options.ts';
import { learningRate, type NetName, nets } from '../nets.ts';
import { jsonOf, measureApart } from './process.ts';

/** The programs under test, and how many images are in a step. */
export interface Field {
  readonly node: string;
  readonly python: string;
  readonly batch: number;
  /** How long a turn lasts, warm-up and measurement each. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

export interface Competitor {
  readonly name: string;
  readonly family: Family;
  /** Why it does not run on a net. */
  readonly sitsOut?: Partial<Readonly<Record<NetName, string>>>;
  /** One turn, in a process of its own. */
  readonly turn: (net: NetName, field: Field) => Promise<StepReport>;
}

const torchScript = fileURLToPath(new URL('../../python/torch_step.py', import.meta.url));
const countless = 1_000_000;

export const competitors: readonly Competitor[] = [
  tapegrad('reference', 1),
  tapegrad('simd', 1),
  tapegrad('simd', 2),
  tapegrad('relaxed', 1),
  tapegrad('relaxed', 2),
  {
    name: 'TensorFlow.js, cpu',
    family: 'tensorflow',
    sitsOut: { big: 'one step takes minutes' },
    // A step takes seconds: nothing to warm up, and two are enough.
    turn: (net, { node, batch }) =>
      measureApart(node, [...stepArguments('tensorflow', net, batch), '--steps=2', '--warm-up=0']),
  },
  {
    name: 'jax-js, wasm',
    family: 'jax',
    turn: (net, { node, batch, ...times }) =>
      measureApart(node, [...stepArguments('jax', net, batch), ...patienceArguments(times)]),
  },
  pytorch(1),
  pytorch(2),
];

function tapegrad(engine: string, threads: number): Competitor {
  return {
    name: `tapegrad, ${engine}${engine === 'reference' ? '' : `, ${threadWord(threads)}`}`,
    family: 'tapegrad',
    turn: (net, { node, batch, ...times }) => {
      const settings = [`--engine=${engine}`, `--threads=${threads}`];
      return measureApart(node, [...stepArguments('tapegrad', net, batch), ...settings, ...patienceArguments(times)]);
    },
  };
}

function pytorch(threads: number): Competitor {
  return {
    name: `PyTorch, ${threadWord(threads)}`,
    family: 'pytorch',
    turn: (net, { python, batch, seconds, warmUpSeconds }) =>
      jsonOf(python, [
        torchScript,
        `--layers=${JSON.stringify(nets[net])}`,
        `--learning-rate=${learningRate}`,
        `--batch=${batch}`,
        `--threads=${threads}`,
        `--steps=${countless}`,
        `--seconds=${seconds}`,
        `--warm-up-seconds=${warmUpSeconds}`,
      ]),
  };
}

function stepArguments(framework: string, net: NetName, batch: number): string[] {
  return ['step', `--framework=${framework}`, `--net=${net}`, `--batch=${batch}`, '--details'];
}

function patienceArguments({ seconds, warmUpSeconds }: Pick<Field, 'seconds' | 'warmUpSeconds'>): string[] {
  return [`--steps=${countless}`, `--seconds=${seconds}`, `--warm-up=${warmUpSeconds}`];
}

function threadWord(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}
