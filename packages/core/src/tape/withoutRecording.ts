import type { Tensor } from '../tensor/tensor.ts';
import { Recording } from './recording.ts';

/** Calls `work` while the tape of `x`, if it has one, writes nothing down: what is recorded is computed when it is needed. */
export function withoutRecording<Result>(x: Tensor, work: () => Result): Result {
  const recording = x.tape?.recording;
  return recording instanceof Recording ? recording.withoutRecording(work) : work();
}
