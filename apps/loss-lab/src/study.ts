import { type NestedList, type Shape, Tape, type Tensor } from '@tapegrad/core';
import { describeTape, type Explanation, explain, type TapeDescription } from '@tapegrad/explain';
import { recordLoss } from './record.ts';
import type { Request } from './request.ts';

/** Numbers that outlive their tape. */
export interface Numbers {
  readonly shape: Shape;
  readonly list: NestedList;
}

/** An input, and the gradient by it where it was asked for. */
export interface StudiedInput extends Numbers {
  readonly name: string;
  readonly gradient: NestedList | undefined;
}

/** All that is shown of a loss. */
export interface Study {
  readonly request: Request;
  readonly inputs: readonly StudiedInput[];
  /** What the loss gave: one number, or one for each element or row. */
  readonly losses: Numbers;
  /** What was differentiated: the loss, or the sum of the losses where there are several. */
  readonly loss: number;
  /** Of a loss that is NaN or infinite: the step where that began, as the tape prints it. */
  readonly firstNonFinite: string | undefined;
  /** The derivation of the gradients. */
  readonly explanation: Explanation;
  /** The tape and the way back. */
  readonly description: TapeDescription;
}

/**
 * Computes a loss and walks back from it, and keeps all that is to be shown.
 *
 * @throws TapegradError when the loss refuses its inputs or options
 */
export function study(request: Request): Study {
  using tape = new Tape();
  const { inputs, losses, loss } = recordLoss(tape, request);
  const withRespectTo = request.by.map((name) => inputs[name]);
  const gradients = tape.gradients(loss, { withRespectTo, nonFinite: 'allow' });
  const explanation = explain(loss, { withRespectTo });
  return {
    request,
    inputs: Object.entries(inputs).map(([name, x]) => ({
      name,
      ...numbersOf(x),
      gradient: request.by.includes(name) ? gradients.get(x).toList() : undefined,
    })),
    losses: numbersOf(losses),
    loss: loss.item(),
    firstNonFinite: Number.isFinite(loss.item()) ? undefined : describeFirstNonFinite(tape),
    explanation,
    description: describeTape(tape, { output: loss, withRespectTo }),
  };
}

function numbersOf(x: Tensor): Numbers {
  return { shape: x.shape, list: x.toList() };
}

function describeFirstNonFinite(tape: Tape): string | undefined {
  const first = tape.firstNonFinite();
  return first && String(tape).split('\n')[first.index];
}
