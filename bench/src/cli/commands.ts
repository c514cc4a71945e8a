import { jaxStep } from '../competitors/jax.ts';
import { tapegradStep } from '../competitors/tapegrad.ts';
import { tensorflowStep } from '../competitors/tensorflow.ts';
import { measureBundles } from '../measure/bundle.ts';
import { measureEpochs } from '../measure/epochs.ts';
import { measureKernels } from '../measure/kernels.ts';
import { measureMemory } from '../measure/memory.ts';
import { measureOverhead } from '../measure/overhead.ts';
import { measureSteps, type StepTimes } from '../measure/stepTimes.ts';
import { Problem } from '../problem.ts';
import { configureEngine, engineInfo } from '../tapegrad/core.ts';
import type { Command, Options } from './options.ts';

/** What `step --details` adds. */
export interface StepReport extends StepTimes {
  readonly engine?: string;
  readonly threads?: number;
}

/** The commands that measure one thing, in this process. Each gives back what `--json` prints. */
export const measurements: Readonly<Record<Exclude<Command, ''>, (options: Options) => unknown>> = {
  step,
  kernels: ({ engine = 'relaxed', threads = 1, batch = 64 }) => {
    if (engine === 'reference')
      throw new Problem('bench: --engine reference has no ceiling; wanted simd or relaxed.', 2);
    return measureKernels(engine, threads, batch);
  },
  overhead: (options) => {
    configure(options);
    return measureOverhead(options.batch ?? 64, options.steps ?? 200);
  },
  memory: (options) => {
    configure(options);
    return measureMemory(options.batch ?? 64, options.steps ?? 2000);
  },
  epochs: (options) => {
    configure(options);
    return measureEpochs(options.images ?? 8000, options.batch ?? 64, 3);
  },
  size: () => measureBundles(),
};

async function step(options: Options): Promise<StepReport> {
  const { net = 'small', batch = 64, framework = 'tapegrad', steps = 200, details } = options;
  const patience = {
    steps,
    seconds: options.seconds ?? Number.POSITIVE_INFINITY,
    warmUpSeconds: options['warm-up'] ?? 1.5,
  };
  if (framework === 'tapegrad') configure(options);
  const work = await { tapegrad: tapegradStep, tensorflow: tensorflowStep, jax: jaxStep }[framework](net, batch);
  const times = await measureSteps(work, batch, patience);
  const { medianMs, minMs, samplesPerSecond } = times;
  if (!details) return { medianMs, minMs, samplesPerSecond } as StepReport;
  if (framework !== 'tapegrad') return times;
  const { engine, threads } = engineInfo();
  return { ...times, engine, threads };
}

function configure({ engine, threads }: Options): void {
  configureEngine({ engine, threads });
}
