import type { StepReport } from '../cli/commands.ts';
import type { Part } from '../cli/options.ts';
import type { EpochTime } from '../measure/epochs.ts';
import type { KernelReport } from '../measure/kernels.ts';
import type { KindReport } from '../measure/kinds.ts';
import { exponentOf } from '../statistics.ts';
import type { Field } from './competitors.ts';
import { measureApart, timeFirstStep } from './process.ts';
import type { Results, Scaling } from './results.ts';

type Say = (line: string) => void;

/** Kernels with and without fused multiply-add, on one thread and on two. */
export async function measureKernelsApart({ node, batch }: Field, say: Say): Promise<KernelReport[]> {
  const reports: KernelReport[] = [];
  for (const engine of ['simd', 'relaxed']) {
    for (const threads of [1, 2]) {
      say(`kernels, ${engine}, ${threads} of 2 threads`);
      reports.push(
        await measureApart(node, ['kernels', `--engine=${engine}`, `--threads=${threads}`, `--batch=${batch}`]),
      );
    }
  }
  return reports;
}

/** Kinds of products and convolutions on each Node, whose lanes differ, on one thread and on two. */
export async function measureKindsApart(nodes: readonly string[], say: Say): Promise<KindReport[]> {
  const reports: KindReport[] = [];
  for (const node of nodes) {
    for (const threads of [1, 2]) {
      say(`kinds, ${node}, ${threads} of 2 threads`);
      reports.push(await measureApart(node, ['kinds', `--threads=${threads}`]));
    }
  }
  return reports;
}

/** What an op costs, memory, start and size: each in a process of its own. */
export async function measureOneThingEach(
  { node, batch }: Field,
  quick: boolean,
  isAsked: (part: Part) => boolean,
  say: Say,
): Promise<Pick<Results, 'overhead' | 'memory' | 'firstStepMs' | 'sizes'>> {
  const when = <Result>(part: Part, work: () => Promise<Result>): Promise<Result> | undefined => {
    if (!isAsked(part)) return undefined;
    say(part);
    return work();
  };
  return {
    overhead: await when('overhead', () => measureApart(node, ['overhead', '--threads=1', `--batch=${batch}`])),
    memory: await when('memory', () =>
      measureApart(node, ['memory', `--batch=${batch}`, `--steps=${quick ? 200 : 2000}`]),
    ),
    firstStepMs: await when('start', async () => {
      const starts: number[] = [];
      while (starts.length < (quick ? 3 : 7)) starts.push(await timeFirstStep(node));
      return starts;
    }),
    sizes: await when('size', () => measureApart(process.execPath, ['size'])),
  };
}

/** How a step grows with its batch, and an epoch with its images: the small net, as fast as it goes here. */
export async function measureScaling({ node, ...field }: Field, quick: boolean, say: Say): Promise<Scaling> {
  const batches: Scaling['batches'][number][] = [];
  for (let batch = 16; batch <= (quick ? 256 : 4096); batch *= 2) {
    say(`a step of ${batch} images`);
    const patience = [`--seconds=${field.seconds}`, `--warm-up=${field.warmUpSeconds}`, '--steps=100000'];
    const { medianMs } = await measureApart<StepReport>(node, ['step', `--batch=${batch}`, ...patience]);
    batches.push({ batch, medianMs });
  }
  say('epochs');
  const epochs = await measureApart<EpochTime[]>(node, [
    'epochs',
    `--batch=${field.batch}`,
    `--images=${quick ? 3000 : 8000}`,
  ]);
  return {
    batches,
    batchExponent: exponentOf(batches.map(({ batch, medianMs }) => [batch, medianMs])),
    epochs,
    epochExponent: exponentOf(epochs.map(({ images, milliseconds }) => [images, milliseconds])),
  };
}
