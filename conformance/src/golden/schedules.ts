import {
  cosineAnnealing,
  exponentialDecay,
  joined,
  linearWarmUp,
  multiStepDecay,
  oneCycle,
  ReduceOnPlateau,
  type Schedule,
  stepDecay,
  warmUpFactor,
} from '@tapegrad/nn';
import type { Attributes } from '../attributes.ts';
import type { Numbers } from '../compare.ts';
import type { NumericOp, Outputs } from '../numeric/numericCase.ts';
import { MalformedCase } from '../outcome.ts';

/** Learning-rate schedules: the rate at the steps 0, 1, …, `steps`. */
export const schedules: Readonly<Record<string, NumericOp>> = {
  step_lr: scheduled((attributes) =>
    stepDecay({ base: readBase(attributes), size: attributes.number('step_size') ?? 3, gamma: readGamma(attributes) }),
  ),
  multistep_lr: scheduled((attributes) =>
    multiStepDecay({
      base: readBase(attributes),
      milestones: attributes.wholes('milestones') ?? [3, 7],
      gamma: readGamma(attributes),
    }),
  ),
  exponential_lr: scheduled((attributes) =>
    exponentialDecay({ base: readBase(attributes), gamma: readGamma(attributes) ?? 0.9 }),
  ),
  cosine_annealing_lr: scheduled(readCosine),
  linear_lr: scheduled((attributes) =>
    linearWarmUp({
      base: readBase(attributes),
      steps: attributes.number('total_iters'),
      startFactor: attributes.number('start_factor'),
      endFactor: attributes.number('end_factor'),
    }),
  ),
  lambda_warmup: scheduled((attributes) => {
    const base = readBase(attributes);
    const factor = warmUpFactor({ steps: attributes.number('warmup') ?? 4 });
    return (step) => base * factor(step);
  }),
  warmup_cosine: scheduled((attributes) => {
    const steps = attributes.number('warmup') ?? 4;
    const startFactor = attributes.number('start_factor') ?? 0.1;
    const warmUp = linearWarmUp({ base: readBase(attributes), steps, startFactor });
    return joined([warmUp, readCosine(attributes)], { milestones: [steps] });
  }),
  one_cycle_lr: ({ attributes }): Outputs => {
    const strategies = { cos: 'cosine', linear: 'linear' } as const;
    const { learningRate, momentum } = oneCycle({
      peak: attributes.number('max_lr') ?? 0.1,
      steps: attributes.number('total_steps') ?? 20,
      risingShare: attributes.number('pct_start'),
      anneal: strategies[attributes.choice('anneal_strategy', ['cos', 'linear'], 'cos')],
      startDivisor: attributes.number('div_factor'),
      endDivisor: attributes.number('final_div_factor'),
      threePhases: attributes.flag('three_phase'),
      lowestMomentum: attributes.number('base_momentum'),
      highestMomentum: attributes.number('max_momentum'),
    });
    const steps = readSteps(attributes);
    const lr = along(learningRate, steps);
    return attributes.flag('cycle_momentum', true) ? { lr, momentum: along(momentum, steps) } : { lr };
  },
  reduce_lr_on_plateau: (inputs) => {
    const { attributes } = inputs;
    const modes = { rel: 'relative', abs: 'absolute' } as const;
    const plateau = new ReduceOnPlateau({
      base: readBase(attributes),
      mode: attributes.choice<'min' | 'max'>('mode', ['min', 'max'], 'min'),
      factor: attributes.number('factor'),
      patience: attributes.number('patience') ?? 2,
      threshold: attributes.number('threshold'),
      thresholdMode: modes[attributes.choice('threshold_mode', ['rel', 'abs'], 'rel')],
      cooldown: attributes.number('cooldown'),
      minimum: attributes.number('min_lr'),
      epsilon: attributes.number('eps'),
    });
    const { numbers: metrics } = inputs.numbers('metrics');
    const reported = Array.from({ length: readSteps(attributes) }, (_, step) => plateau.report(metrics[step]));
    return { lr: list([readBase(attributes), ...reported]) };
  },
};

function scheduled(read: (attributes: Attributes) => Schedule): NumericOp {
  return ({ attributes }) => ({ lr: along(read(attributes), readSteps(attributes)) });
}

function readCosine(attributes: Attributes): Schedule {
  const period = attributes.number('T_max') ?? 10;
  return cosineAnnealing({ base: readBase(attributes), period, minimum: attributes.number('eta_min') });
}

function readBase(attributes: Attributes): number {
  return attributes.number('base_lr') ?? 0.1;
}

function readGamma(attributes: Attributes): number | undefined {
  return attributes.number('gamma');
}

function readSteps(attributes: Attributes): number {
  const steps = attributes.number('steps');
  if (steps === undefined) throw new MalformedCase('a schedule without steps');
  return steps;
}

function along(schedule: Schedule, steps: number): Numbers {
  return list(Array.from({ length: steps + 1 }, (_, step) => schedule(step)));
}

function list(numbers: readonly number[]): Numbers {
  return { shape: [numbers.length], numbers };
}
