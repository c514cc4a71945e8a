import { onWarning, Tape, TapegradError, type Tensor, type Warning } from '@tapegrad/core';
import type { Figure, Message } from '../result.ts';

/** What a setting records: a loss, what to differentiate it by, and what else to show on the way. */
export interface Recorded {
  readonly loss: Tensor;
  readonly by: Tensor;
  /** The sign for `by`, in LaTeX. Default: z. */
  readonly symbol?: string;
  readonly shown?: readonly { readonly name: string; readonly symbol: string; readonly of: Tensor }[];
}

/** What came of it: nothing but messages, where the library refused. */
export interface Observed {
  readonly messages: readonly Message[];
  readonly loss: number | undefined;
  readonly gradient: readonly number[];
  readonly figures: readonly Figure[];
}

/**
 * Records a loss on a tape and walks back from it, while listening to the library: its warnings, its errors. A loss that is
 * not finite makes the walk an error; what flows back is then shown all the same.
 */
export function observe(record: (tape: Tape) => Recorded): Observed {
  const messages: Message[] = [];
  const stop = onWarning((warning) => messages.push(toldBy(warning)));
  using tape = new Tape();
  try {
    const { loss, by, symbol = 'z', shown = [] } = record(tape);
    let gradients: ReturnType<Tape['gradients']>;
    try {
      gradients = tape.gradients(loss);
    } catch (error) {
      messages.push(saidBy(error));
      gradients = tape.gradients(loss, { nonFinite: 'allow' });
    }
    const gradient = gradients.get(by);
    const figures: Figure[] = [
      ...shown.map(({ name, symbol, of }) => ({ name, symbol, kind: 'value' as const, rows: rowsOf(of) })),
      { name: 'loss', symbol: 'L', kind: 'value', rows: rowsOf(loss) },
      { name: 'gradient', symbol: `\\partial L / \\partial ${symbol}`, kind: 'gradient', rows: rowsOf(gradient) },
    ];
    return { messages, loss: loss.item(), gradient: Array.from(gradient.read()), figures };
  } catch (error) {
    messages.push(saidBy(error));
    return { messages, loss: undefined, gradient: [], figures: [] };
  } finally {
    stop();
  }
}

/** The numbers of a tensor in rows along its last axis. */
export function rowsOf(x: Tensor): number[][] {
  const numbers = Array.from(x.read());
  const length = x.rank === 0 ? 1 : x.shape[x.rank - 1];
  return Array.from({ length: numbers.length / length }, (_, row) => numbers.slice(row * length, (row + 1) * length));
}

/** A single number as a figure. */
export function figureOf(name: string, symbol: string, value: number, kind: Figure['kind'] = 'value'): Figure {
  return { name, symbol, kind, rows: [[value]] };
}

/** An error of the library as a message; any other error is not ours to show, and goes on. */
export function saidBy(error: unknown): Message {
  if (!(error instanceof TapegradError)) throw error;
  return { kind: 'error', name: error.code, text: error.message };
}

/** A warning as it stands on the console. */
export function toldBy({ operation, message, code }: Warning): Message {
  return { kind: 'warning', name: code, text: `${operation}: ${message}` };
}
