import { Random, type Tensor } from '@tapegrad/core';
import { Difference } from '../outcome.ts';

/** What samples should look like; the mean is 0. */
export interface Distribution {
  readonly kind: 'uniform' | 'normal';
  /** Samples lie in [-bound, bound]; a normal distribution has none. */
  readonly bound?: number;
  readonly deviation: number;
}

/** A stream without chance: always the upper end of a range, and one standard deviation above the mean. */
class UpperEnd extends Random {
  override uniform(_low = 0, high = 1): number {
    return high;
  }

  override normal(mean = 0, standardDeviation = 1): number {
    return mean + standardDeviation;
  }
}

/** The bound of a uniform initialiser, or the standard deviation of a normal one, as it asks its stream for them. */
export function largestDraw(draw: (random: Random) => Tensor): number {
  return draw(new UpperEnd(1)).toFlatArray()[0];
}

const enough = 40_000;
/** Five times the chance deviation of the mean or of the standard deviation of so many samples, rounded up. */
const slack = 0.025;

/** Throws a Difference when many samples do not look like the distribution. The stream is seeded: no run is unlucky. */
export function checkSamples(what: string, draw: (random: Random) => Tensor, distribution: Distribution): void {
  const { bound = Number.POSITIVE_INFINITY, deviation } = distribution;
  const random = new Random(20_240_101);
  let [count, sum, squares, largest] = [0, 0, 0, 0];
  while (count < enough) {
    const samples = draw(random).toFlatArray();
    if (samples.length === 0) return;
    for (const sample of samples) {
      sum += sample;
      squares += sample * sample;
      largest = Math.max(largest, Math.abs(sample));
    }
    count += samples.length;
  }
  const mean = sum / count;
  const spread = Math.sqrt(squares / count - mean * mean);
  const fail = (said: string, wanted: string): never => {
    throw new Difference(`${what}: ${count} samples have ${said}, wanted ${wanted}`);
  };
  if (!(largest <= bound * (1 + 1e-6))) fail(`a largest size of ${largest}`, `at most ${bound}`);
  if (Number.isFinite(bound) && largest < 0.99 * bound) fail(`a largest size of ${largest}`, `almost ${bound}`);
  if (!(Math.abs(mean) <= slack * deviation)) fail(`the mean ${mean}`, '0');
  if (!(Math.abs(spread - deviation) <= slack * deviation)) fail(`the standard deviation ${spread}`, `${deviation}`);
}
