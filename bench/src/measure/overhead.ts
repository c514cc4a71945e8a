import { tapegradStep } from '../competitors/tapegrad.ts';
import { median } from '../statistics.ts';
import { add, profileOperations, Tape, tensor } from '../tapegrad/core.ts';

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
  readonly operation: string;
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
  // Until the JIT has done its work, a step costs twice as much outside of kernels.
  for (let warmUp = 0; warmUp < steps + 1500; warmUp++) step();
  const times: { readonly whole: number; readonly outside: number }[] = [];
  const shares = new Map<string, { calls: number; milliseconds: number }>();
  for (let count = 0; count < steps; count++) {
    const stop = profileOperations();
    const start = performance.now();
    step();
    const whole = performance.now() - start;
    const { operations, kernelMilliseconds } = stop();
    times.push({ whole, outside: whole - kernelMilliseconds });
    for (const { operation, calls, kernelMilliseconds } of operations) {
      const share = shares.get(operation) ?? { calls: 0, milliseconds: 0 };
      shares.set(operation, { calls: share.calls + calls, milliseconds: share.milliseconds + kernelMilliseconds });
    }
  }
  const rows = [...shares].map(([operation, { calls, milliseconds }]) => ({
    operation,
    callsPerStep: calls / steps,
    msPerStep: milliseconds / steps,
  }));
  return {
    stepMs: median(times.map(({ whole }) => whole)),
    outsideKernelsMs: median(times.map(({ outside }) => outside)),
    kernels: rows.sort((a, b) => b.msPerStep - a.msPerStep),
  };
}
