import { jaxStep } from '../competitors/jax.ts';
import { tapegradStep } from '../competitors/tapegrad.ts';
import { tensorflowStep } from '../competitors/tensorflow.ts';
import { measureBundles } from '../measure/bundle.ts';
import { measureEpochs } from '../measure/epochs.ts';
import { measureKernels } from '../measure/kernels.ts';
import { measureKinds } from '../measure/kinds.ts';
import { measureMemory } from '../measure/memory.ts';
import { measureOverhead } from '../measure/overhead.ts';
import { measureSteps, type StepTimes } from '../measure/stepTimes.ts';
import type { NetName } from '../nets.ts';
import { type PanelName, panelNets } from '../panel/nets.ts';
import { onnxStep, predictStep } from '../panel/predict.ts';
import { panelStep } from '../panel/step.ts';
import { Problem } from '../problem.ts';
import { configureEngine, engineInfo } from '../tapegrad/core.ts';
import type { Command, Framework, Options } from './options.ts';

/** What `step --details` adds. */
export interface StepReport extends StepTimes {
  readonly engine?: string;
  readonly threads?: number;
  /** The most memory that the process held, beside what it held with everything loaded and nothing built. */
  readonly peakBytes?: number;
}

/** The commands that measure one thing, in this process. Each gives back what `--json` prints. */
export const measurements: Readonly<Record<Exclude<Command, ''>, (options: Options) => unknown>> = {
  step,
  predict,
  kinds: ({ threads = 1 }) => measureKinds(threads),
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
  const { net = 'small', framework = 'tapegrad', steps = 200, details } = options;
  const patience = {
    steps,
    seconds: options.seconds ?? Number.POSITIVE_INFINITY,
    warmUpSeconds: options['warm-up'] ?? 1.5,
  };
  if (framework === 'tapegrad') configure(options);
  const loadedBytes = process.memoryUsage().rss;
  const { work, batch } = await workOf(net, framework, options.batch);
  const times = await measureSteps(work, batch, patience);
  const { medianMs, minMs, samplesPerSecond } = times;
  if (!details) return { medianMs, minMs, samplesPerSecond } as StepReport;
  if (framework !== 'tapegrad') return times;
  const { engine, threads } = engineInfo();
  return { ...times, engine, threads, peakBytes: 1024 * process.resourceUsage().maxRSS - loadedBytes };
}

/** A step of a net in a framework, and how many samples are in it. */
async function workOf(
  net: NetName | PanelName,
  framework: Framework,
  batch: number | undefined,
): Promise<{ work: () => unknown; batch: number }> {
  if (net === 'small' || net === 'big') {
    const images = batch ?? 64;
    const steps = { tapegrad: tapegradStep, tensorflow: tensorflowStep, jax: jaxStep };
    return { work: await steps[framework](net, images), batch: images };
  }
  if (framework !== 'tapegrad') throw new Problem(`bench: --net ${net} is there for tapegrad alone.`, 2);
  const chosen = { ...panelNets[net], ...(batch !== undefined && { batch }) };
  return { work: panelStep(chosen), batch: chosen.batch };
}

async function predict(options: Options): Promise<StepTimes> {
  const { net = 'lenet', batch = 1, steps = 200, threads = 1, predictor = 'tapegrad' } = options;
  if (net === 'small' || net === 'big') throw new Problem(`bench: --net ${net} is no net of the panel.`, 2);
  configure({ ...options, threads });
  const work =
    predictor === 'tapegrad' ? predictStep(panelNets[net], batch) : await onnxStep(panelNets[net], batch, threads);
  return measureSteps(work, batch, {
    steps,
    seconds: options.seconds ?? Number.POSITIVE_INFINITY,
    warmUpSeconds: options['warm-up'] ?? 1.5,
  });
}

function configure({ engine, threads }: Options): void {
  configureEngine({ engine, threads });
}
