import { Parameter, sum, Tape, tensor } from '@tapegrad/core';
import { Adagrad, Adam, AdamW, type GradientSource, Muon, RMSProp, SGD } from '@tapegrad/nn';
import { type Form, mostSteps } from './fields.ts';
import { heights } from './heights.ts';
import { hasMomentum, type OptimiserName } from './names.ts';
import { startOf } from './start.ts';

/** What an optimiser does with gradients. */
interface Stepping {
  step(gradients: GradientSource): void;
}

/** A walk down a valley: its points, the start included, and how high each lies. */
export interface Walk {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly heights: readonly number[];
  /** It left for infinity, and was followed no longer. */
  readonly hasDiverged: boolean;
}

export type Walks = Partial<Record<OptimiserName, Walk>>;

/** What the walks depend on. */
export type WalkForm = Omit<Form, 'machine' | 'step' | 'large' | 'small' | 'rate' | 'lambda' | 'decaySteps'>;

/** Higher than that nobody comes back from. */
const sky = 1e6;

/** An optimiser of the library by its name here, for one parameter. */
function optimiserOf(name: OptimiserName, parameter: Parameter, form: WalkForm): Stepping {
  const learningRate = form[`rate-${name}` as const];
  const { momentum, decay } = form;
  switch (name) {
    case 'sgd':
      return new SGD([parameter], { learningRate });
    case 'momentum':
      return new SGD([parameter], { learningRate, momentum });
    case 'nesterov':
      return new SGD([parameter], { learningRate, momentum, nesterov: true });
    case 'adagrad':
      return new Adagrad([parameter], { learningRate });
    case 'rmsProp':
      return new RMSProp([parameter], { learningRate });
    case 'adam':
      return new Adam([parameter], { learningRate });
    case 'adamW':
      return new AdamW([parameter], { learningRate, weightDecay: decay });
    case 'muon':
      return new Muon([parameter], { learningRate, momentum, weightDecay: 0 });
  }
}

/** What the walk of one of them depends on. */
function askedOf(name: OptimiserName, form: WalkForm): string {
  const { valley, steepness, momentum, decay } = form;
  const settings = [form[`rate-${name}` as const], hasMomentum(name) && momentum, name === 'adamW' && decay];
  return JSON.stringify([valley, steepness, startOf(form), settings]);
}

/** Somebody on the way down, who can be sent farther later on. */
class Walker {
  /** What the walk was asked to be. */
  readonly asked: string;
  readonly #point: Parameter;
  readonly #optimiser: Stepping;
  readonly #points: [x: number, y: number][] = [];
  readonly #heights: number[] = [];
  #hasDiverged = false;

  constructor(name: OptimiserName, form: WalkForm) {
    this.asked = askedOf(name, form);
    // One row of a matrix, for Muon takes nothing else.
    this.#point = new Parameter('point', tensor([[...startOf(form)]], { dtype: 'float64' }));
    this.#optimiser = optimiserOf(name, this.#point, form);
  }

  /** Where it stands, which is written down with the next step. */
  get at(): [x: number, y: number] {
    const [x, y] = this.#point.read();
    return [x, y];
  }

  /** Whether it is still to be followed, as far as this step. */
  isBefore(step: number): boolean {
    return this.#heights.length <= step && !this.#hasDiverged;
  }

  /** Writes down where it is and how high that lies, and takes the next step by the slopes there. */
  goOn(height: number, slopes: Float64Array): void {
    this.#points.push(this.at);
    this.#heights.push(height);
    this.#hasDiverged = !(height < sky);
    if (this.#hasDiverged) return;
    this.#optimiser.step({
      has: (x) => x === this.#point,
      get: () => tensor(slopes, { shape: [1, 2], dtype: 'float64' }),
    });
  }

  /** The walk so far. */
  get walk(): Walk {
    return { points: [...this.#points], heights: [...this.#heights], hasDiverged: this.#hasDiverged };
  }
}

/** Those who walk, by name, from question to question. */
export type Walkers = Map<OptimiserName, Walker>;

/**
 * The walks of those who are asked for, of so many steps at least. A walk that was walked before goes on from where it was:
 * what is dragged sends only those back to the start whom it concerns.
 *
 * @param steps default: as many as can be shown
 * @param walkers who has walked before; those who walk now are put there
 */
export function walksOf(form: WalkForm, steps = mostSteps, walkers: Walkers = new Map()): Walks {
  for (const name of form.walkers) {
    if (walkers.get(name)?.asked !== askedOf(name, form)) walkers.set(name, new Walker(name, form));
  }
  const walking = [...walkers].filter(([name]) => form.walkers.includes(name));
  for (let late = behind(); late.length > 0; late = behind()) stepAll(late, form);
  return Object.fromEntries(walking.map(([name, walker]) => [name, walker.walk]));

  function behind(): Walker[] {
    return walking.flatMap(([, walker]) => (walker.isBefore(steps) ? [walker] : []));
  }
}

/** One step of each. Their slopes are found together: for a point alone, the tape itself takes most of the time. */
function stepAll(walkers: readonly Walker[], { valley, steepness }: WalkForm): void {
  using tape = new Tape();
  const points = tape.watch(
    tensor(
      walkers.map(({ at }) => at),
      { dtype: 'float64' },
    ),
  );
  const high = heights[valley](points, steepness);
  // Somebody may have left for infinity with the last step; the others walk on.
  const slopes = tape.gradients(sum(high), { nonFinite: 'allow' }).get(points).read();
  const each = high.read();
  walkers.forEach((walker, row) => {
    walker.goOn(each[row], Float64Array.from(slopes.subarray(2 * row, 2 * row + 2)));
  });
}
