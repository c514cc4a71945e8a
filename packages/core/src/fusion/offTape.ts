import { garbageCollected } from '../engine/memory.ts';
import { comesFromParameters, parameterBehind } from '../tape/parametersAlone.ts';
import type { Recording } from '../tape/recording.ts';
import { copyNumbers } from '../tensor/create.ts';
import { Tensor } from '../tensor/tensor.ts';
import { Tape } from './tape.ts';

/**
 * y = work(x), as many ops one behind the other are computed where no tape listens: a model that predicts.
 *
 * The bits are those that the ops have on a tape, and with y may be done what may be done with the result of an op off the
 * tape. But here the ops are a program that nobody walks back: what stands between x and y lies in the engine's memory, where kernels need no copies of it, is given back as
 * soon as nobody needs it, and is left out where a pattern of fusion computes ops together. A tensor between x and y ends
 * with the call: whoever keeps one finds that its tape has ended.
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
    recording.runUnheard(() => {
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
