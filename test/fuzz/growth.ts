import fc from 'fast-check';
import { fresh, type Program, waves } from '../growing.ts';
import { type Computations, everyModel, everyOp, expectSame } from '../grown.ts';
import type { Target } from './targets.ts';

interface Case {
  /** What is computed, and at which request for memory it grows, or from which on there is none; both modulo how many there are. */
  readonly what: number;
  readonly at: number;
  readonly end: 'grows' | 'runs out';
}

const cases: fc.Arbitrary<Case> = fc.record({
  what: fc.nat(1e6),
  at: fc.nat(1e6),
  end: fc.constantFrom('grows', 'grows', 'grows', 'runs out'),
});

/** After so many cases the memory that has grown is given up for a new one. */
const freshAfter = 400;

/**
 * Ops, models and optimisers on memory that is not shared, and grows at any request for it, or has nothing more to give: they
 * give the numbers of shared memory, or an OutOfMemoryError; and what is computed after that is right again.
 */
export async function growthTarget(): Promise<Target> {
  const wanted = await computations(true);
  const numbers = new Map<string, readonly number[]>();
  let plain = await computations(false);
  let count = 0;
  return {
    name: 'memory that grows',
    inputs: cases,
    read: async (input) => {
      const { what, at, end } = input as Case;
      if (++count % freshAfter === 0) plain = await computations(false);
      const names = Object.keys(plain.all);
      const name = names[what % names.length];
      const right = numbers.get(name) ?? wanted.all[name]();
      numbers.set(name, right);
      const [compute, { program }] = [plain.all[name], plain];
      const which = end === 'grows' && !plain.optimisers.has(name) ? 'all' : 'new';
      const n = 1 + (at % program.requests(compute, which));
      if (end === 'grows') {
        expectSame(`${name}, grown at ${n}`, program.growingAt(n, compute, which), right);
        return;
      }
      try {
        program.runningOutAt(n, compute);
      } catch (error) {
        if (!(error instanceof program.core.OutOfMemoryError)) throw error;
      }
      expectSame(`${name}, after an error at ${n}`, compute(), right);
    },
  };
}

interface Computed {
  readonly program: Program;
  readonly all: Computations;
  readonly optimisers: ReadonlySet<string>;
}

/** A copy of the library, and all that is computed with it. */
async function computations(isShared: boolean): Promise<Computed> {
  const program = await fresh(isShared);
  const [ops, models] = [
    everyOp(program, await import('../../packages/explain/test/operations.ts')),
    everyModel(program, await import('../../packages/onnx/test/architectures.ts')),
  ];
  const optimisers = everyOptimiser(program);
  return { program, all: { ...ops, ...models, ...optimisers }, optimisers: new Set(Object.keys(optimisers)) };
}

/** Three steps of each optimiser. */
function everyOptimiser({ core: { Parameter, tensor }, nn }: Program): Computations {
  const kinds = {
    SGD: nn.SGD,
    Adam: nn.Adam,
    AdamW: nn.AdamW,
    NAdam: nn.NAdam,
    RMSProp: nn.RMSProp,
    Adagrad: nn.Adagrad,
    Adadelta: nn.Adadelta,
    Muon: nn.Muon,
  };
  const shape = [6, 10];
  const steps = (name: keyof typeof kinds) => (): number[] => {
    const x = new Parameter('x', tensor(waves(60, 0.7), { shape }));
    const gradient = tensor(waves(60, 1.3), { shape });
    const optimiser = new kinds[name]([x], { learningRate: 0.1, weightDecay: 0.1 });
    for (let step = 0; step < 3; step++) optimiser.step({ has: () => true, get: () => gradient });
    return [...x.toFlatArray()];
  };
  const names = Object.keys(kinds) as (keyof typeof kinds)[];
  return Object.fromEntries(names.map((name) => [name, steps(name)]));
}
