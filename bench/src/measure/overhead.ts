import { tapegradStep } from '../competitors/tapegrad.ts';
import { median } from '../statistics.ts';
import { add, kernels, Tape, tensor } from '../tapegrad/core.ts';

/** What tapegrad costs beside arithmetic. */
export interface OverheadReport {
  /** Microseconds for one op on one number: recorded, and its share of the way back. */
  readonly forwardMicroseconds: number;
  readonly backwardMicroseconds: number;
  /** A step of the small net, and how much of it is spent outside of kernels: the tape, the layers, the optimiser. */
  readonly stepMs: number;
  readonly outsideKernelsMs: number;
  readonly kernels: readonly KernelShare[];
}

export interface KernelShare {
  readonly kernel: string;
  readonly callsPerStep: number;
  readonly msPerStep: number;
}

const opsOnTape = 1000;

export function measureOverhead(batch: number, steps: number): OverheadReport {
  return { ...tinyOps(), ...smallStep(batch, steps) };
}

/** A chain of additions of single numbers: what is computed costs nothing, so that what is left is the tape. */
function tinyOps(): Pick<OverheadReport, 'forwardMicroseconds' | 'backwardMicroseconds'> {
  const [forward, backward]: number[][] = [[], []];
  const one = tensor([1]);
  for (let round = 0; round < 200; round++) {
    using tape = new Tape();
    const start = performance.now();
    let x = tape.watch(one);
    for (let op = 0; op < opsOnTape; op++) x = add(x, x);
    const middle = performance.now();
    tape.gradients(x, { nonFinite: 'allow' });
    forward.push(((middle - start) * 1000) / opsOnTape);
    backward.push(((performance.now() - middle) * 1000) / opsOnTape);
  }
  // The first half is the warm-up.
  return { forwardMicroseconds: median(forward.slice(100)), backwardMicroseconds: median(backward.slice(100)) };
}

function smallStep(batch: number, steps: number): Pick<OverheadReport, 'stepMs' | 'outsideKernelsMs' | 'kernels'> {
  const step = tapegradStep('small', batch);
  for (let warmUp = 0; warmUp < steps; warmUp++) step();
  const times: { readonly whole: number; readonly outside: number }[] = [];
  const { costs, stop } = stopwatch();
  for (let count = 0; count < steps; count++) {
    const before = sum(costs);
    const start = performance.now();
    step();
    const whole = performance.now() - start;
    times.push({ whole, outside: whole - (sum(costs) - before) });
  }
  stop();
  const shares = [...costs].map(([kernel, { calls, milliseconds }]) => ({
    kernel,
    callsPerStep: calls / steps,
    msPerStep: milliseconds / steps,
  }));
  return {
    stepMs: median(times.map(({ whole }) => whole)),
    outsideKernelsMs: median(times.map(({ outside }) => outside)),
    kernels: shares.sort((a, b) => b.msPerStep - a.msPerStep),
  };
}

type Costs = Map<string, { calls: number; milliseconds: number }>;

function sum(costs: Costs): number {
  return [...costs.values()].reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}

/** Puts a stopwatch around every kernel; one kernel that calls another is counted once. */
function stopwatch(): { costs: Costs; stop: () => void } {
  const costs: Costs = new Map();
  const originals = { ...kernels };
  let isRunning = false;
  const timed = Object.entries(originals).map(([kernel, work]) => {
    const call = work as (...operands: unknown[]) => unknown;
    const watched = (...operands: unknown[]): unknown => {
      if (isRunning) return call(...operands);
      isRunning = true;
      const start = performance.now();
      try {
        return call(...operands);
      } finally {
        isRunning = false;
        const { calls, milliseconds } = costs.get(kernel) ?? { calls: 0, milliseconds: 0 };
        costs.set(kernel, { calls: calls + 1, milliseconds: milliseconds + performance.now() - start });
      }
    };
    return [kernel, watched] as const;
  });
  Object.assign(kernels, Object.fromEntries(timed));
  return { costs, stop: () => Object.assign(kernels, originals) };
}
