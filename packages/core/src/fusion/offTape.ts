import { garbageCollected } from '../engine/memory.ts';
import { comesFromParameters, parameterBehind } from '../tape/parametersAlone.ts';
import type { Recording } from '../tape/recording.ts';
import { copyNumbers } from '../tensor/create.ts';
import { Tensor } from '../tensor/tensor.ts';
import { Tape } from './tape.ts';

/**
 * y = work(x), for many ops one after the other that no tape records: a model that predicts.
 *
 * The bits are those that the ops have on a tape, and y is like the result of any op off the tape. In between, the ops are a
 * program, on a tape that is never walked back. So the values between x and y lie in the engine's memory, where kernels need
 * no copies of them, are given back as soon as no op needs them, and are left out where a pattern of fusion computes ops
 * together. They end with the call: whoever keeps one of these tensors is told that its tape has ended.
 *
 * Where x stands on a tape, or comes from parameters alone and may be written on one later, `work` is just called.
 */
export function offTape(x: Tensor, work: (x: Tensor) => Tensor): Tensor {
  if (x.tape !== null || comesFromParameters({ x })) return work(x);
  const tape = new Tape();
  try {
    const recording: Recording = tape.recording;
    const input = recording.foreign(x);
    let y = input;
    recording.runUnrecorded(() => {
      y = work(input);
      return [y];
    });
    if (y === input) return x;
    if (y.tape !== tape) return y;
    const unrecorded = x.unrecorded ?? parameterBehind({ y }, tape);
    return new Tensor(copyNumbers(y.view, {}, garbageCollected), null, { unrecorded });
  } finally {
    tape.release();
  }
}
