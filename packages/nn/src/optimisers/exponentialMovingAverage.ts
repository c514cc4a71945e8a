import { type FloatArray, type Parameter, type Tensor, tensor, ValueError } from '@tapegrad/core';
import { checkFunction, checkHas, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { checkParameters } from './groups.ts';
import { checkSetting } from './settings.ts';
import { showState } from './showState.ts';
import { checkArray, checkNames, parametersByName } from './state.ts';

export interface MovingAverageOptions {
  /** How much of the average is kept at each update, from 0 to 1. Default: 0.999. */
  readonly decay?: number;
}

const movingAverageOptions: OptionNames<MovingAverageOptions> = { decay: 'optional' };

/** A moving average as data. */
export interface MovingAverageState {
  readonly decay: number;
  /** The averages, flat, by the name of the parameter. */
  readonly averages: Readonly<Record<string, Float64Array>>;
}

const name = 'ExponentialMovingAverage';

/**
 * average ← decay·average + (1 - decay)·p after every step, beginning with p as it is now: weights averaged over about
 * the last 1 / (1 - decay) steps, which jump about less than the last ones and often do better. Averages are kept in
 * double precision, since one step may be too small a change for float32.
 *
 * Source: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992.
 *
 * @example
 * const model = new Sequential([new Dense({ outFeatures: 2 })], { inputShape: [3], random: new Random(1) });
 * const average = new ExponentialMovingAverage(model.parameters, { decay: 0.99 });
 * // after each step of the optimiser:
 * average.update();
 * // now and then:
 * average.evaluate(() => accuracy(model.call(zeros([1, 3])), [0])) // 1
 */
export class ExponentialMovingAverage {
  #decay: number;
  #averages: ReadonlyMap<Parameter, Float64Array>;
  #isEvaluating = false;

  /** @throws ValueError when decay is not from 0 to 1, or two parameters have the same name */
  constructor(parameters: readonly Parameter[], options: MovingAverageOptions = {}, ...surplus: []) {
    checkSurplus('ExponentialMovingAverage', surplus);
    const { decay = 0.999 } = checkOptions('ExponentialMovingAverage', options, movingAverageOptions);
    checkDecay(name, decay);
    this.#decay = decay;
    checkParameters(name, parameters);
    const byName = parametersByName(name, parameters);
    this.#averages = new Map([...byName.values()].map((x) => [x, Float64Array.from(x.toFlatArray())]));
    showState(this);
  }

  get decay(): number {
    return this.#decay;
  }

  /**
   * Takes in the parameters as they are now.
   *
   * @throws ValueError inside `evaluate`, where the parameters are the averages
   */
  update(...surplus: []): void {
    checkSurplus('update', surplus);
    this.#checkOutside('update');
    for (const [parameter, average] of this.#averages) {
      movingAverage(average, parameter.read(), average.length, this.#decay);
    }
  }

  /** The averages as tensors of the shape and type of the parameters, by name. */
  get values(): ReadonlyMap<string, Tensor> {
    const values = [...this.#averages].map(
      ([{ name, shape, dtype }, average]) => [name, tensor(average, { shape, dtype })] as const,
    );
    return new Map(values);
  }

  /**
   * What `f` returns while the parameters are the averages. Afterwards they are again what they were before, also when f
   * fails; where it returns a promise, that is once the promise is settled.
   *
   * @throws ValueError when called inside another one
   */
  evaluate<Result>(f: () => Result, ...surplus: []): Result {
    checkSurplus('evaluate', surplus);
    this.#checkOutside('evaluate');
    checkFunction(`${name}.evaluate`, 'f', f, 'Give what is to be measured: `() => accuracy(model.call(x), labels)`');
    const before = [...this.#averages.keys()].map((parameter) => [parameter, parameter.toFlatArray()] as const);
    const restore = (): void => {
      for (const [parameter, numbers] of before) overwrite(parameter, numbers);
      this.#isEvaluating = false;
    };
    for (const [parameter, average] of this.#averages) overwrite(parameter, average);
    this.#isEvaluating = true;
    let isPending = false;
    try {
      const result = f();
      isPending = result instanceof Promise;
      return result instanceof Promise ? (result.finally(restore) as Result) : result;
    } finally {
      if (!isPending) restore();
    }
  }

  /** All of it, copied. */
  state(...surplus: []): MovingAverageState {
    checkSurplus('state', surplus);
    const copies = [...this.#averages].map(([{ name }, average]) => [name, average.slice()] as const);
    return { decay: this.#decay, averages: Object.fromEntries(copies) };
  }

  /**
   * Goes on from a state.
   *
   * @throws ValueError when the state is not one of these parameters, or when called inside `evaluate`; nothing has
   *   changed then
   */
  load(state: MovingAverageState, ...surplus: []): void {
    checkSurplus('load', surplus);
    this.#checkOutside('load');
    const operation = `${name}.load`;
    checkHas(operation, 'state', state, ['decay', 'averages'], stateAdvice);
    const { decay, averages } = state;
    checkDecay(operation, decay);
    const own = [...this.#averages];
    checkNames(
      operation,
      Object.keys(averages),
      own.map(([{ name }]) => name),
    );
    for (const [{ name }, average] of own) checkArray(operation, name, averages[name], average);
    // All copies are made before anything changes: a state may be one that fails while it is read.
    const copies = new Map(own.map(([parameter]) => [parameter, averages[parameter.name].slice()]));
    this.#decay = decay;
    this.#averages = copies;
  }

  #checkOutside(method: string): void {
    if (!this.#isEvaluating) return;
    throw new ValueError({
      operation: `${name}.${method}`,
      got: 'a call inside `evaluate`, where the parameters are the averages',
      wanted: 'a call while they are themselves',
      remedy: 'Wait for `evaluate` to end',
    });
  }
}

const stateAdvice = { wanted: 'a state of moving averages', remedy: 'Pass what `state()` gave' };

function checkDecay(operation: string, decay: number): void {
  checkSetting(operation, 'decay', decay, decay >= 0 && decay <= 1, 'a number from 0 to 1');
}

function overwrite(parameter: Parameter, numbers: FloatArray): void {
  parameter.update((own) => own.set(numbers));
}

/** average ← average + (1 - decay)·(x - average), in place: a part of the way to x, which is where a constant x stays. */
export function movingAverage(average: FloatArray, x: FloatArray, length: number, decay: number): void {
  for (let i = 0; i < length; i++) average[i] += (1 - decay) * (x[i] - average[i]);
}
