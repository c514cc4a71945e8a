import type { BackwardStep, Tensor } from '@tapegrad/core';
import type { ChainName } from '../chainNames.ts';
import { type Chain, firstCotangent } from './chain.ts';
import { blocksOf, localJacobians } from './jacobian.ts';
import { rowsOf } from './rows.ts';

/** What a step of the way back hands to one of its inputs. */
export interface Passed {
  readonly to: ChainName;
  /** ∂output/∂input: one block for each row, or a single one where the step mixes rows. */
  readonly jacobian: readonly (readonly (readonly number[])[])[];
  /** The incoming gradient times the Jacobian, in rows as the input has them. */
  readonly product: readonly (readonly number[])[];
  /** What the input had received before; absent where this is the first. */
  readonly before?: readonly (readonly number[])[] | undefined;
  /** What it has now. */
  readonly after: readonly (readonly number[])[];
}

/** A step of the chain, forwards and backwards. */
export interface ChainStep {
  readonly name: ChainName;
  readonly inputs: readonly ChainName[];
  /** In rows; a step that mixed the rows has one. */
  readonly value: readonly (readonly number[])[];
  /** ∂loss/∂value. */
  readonly gradient: readonly (readonly number[])[];
  /** To whom it passes its gradient on. */
  readonly passed: readonly Passed[];
}

/** Walks the chain back and tells each step: what arrived, what was passed on to whom, and what that added up to. */
export function walkChain(chain: Chain): ChainStep[] {
  const { tape, loss } = chain;
  const nameAt = new Map<number, ChainName>();
  for (const [name, output] of chain.outputs) nameAt.set(tape.indexOf(output) ?? -1, name);
  const walk = [...tape.stepBackward(loss, { cotangent: firstCotangent(loss), nonFinite: 'allow' })];
  const arrived = new Map(walk.map(({ step, cotangent }) => [step.index, cotangent]));
  const received = new Map<ChainName, number[][]>();
  const backward = walk.map((turn) => tellTurn(chain, turn, { nameAt, arrived, received }));
  return backward.reverse();
}

interface Bookkeeping {
  readonly nameAt: ReadonlyMap<number, ChainName>;
  /** By the index of a step, all that it received in the end. */
  readonly arrived: ReadonlyMap<number, Tensor>;
  /** By name, what it has received so far. */
  readonly received: Map<ChainName, number[][]>;
}

function tellTurn({ tape, outputs }: Chain, { step, cotangent, passed }: BackwardStep, book: Bookkeeping): ChainStep {
  const tensors: Record<string, Tensor> = {};
  for (const input in passed) tensors[input] = tape.steps[step.inputs[input]].output;
  const jacobians = Object.keys(passed).length === 0 ? {} : localJacobians(tape, step.output, tensors);
  const told = Object.entries(passed).map(([input, gradient]): Passed => {
    const to = nameOf(step.inputs[input], book);
    const isRowByRow = step.output.rank > 0 && rowsOf(step.output).length === rowsOf(tensors[input]).length;
    const product = rowsOf(gradient);
    const before = book.received.get(to);
    // Nothing on this chain is used more than twice, so that a second gift makes up all that arrives in the end.
    const whole = book.arrived.get(step.inputs[input]);
    const after = before && whole ? rowsOf(whole) : product;
    book.received.set(to, after);
    return { to, jacobian: blocksOf(jacobians[input], isRowByRow ? product.length : 1), product, before, after };
  });
  const name = nameOf(step.index, book);
  const inputs = Object.values(step.inputs).flatMap((index) => book.nameAt.get(index) ?? []);
  const value = rowsOf(outputs.get(name) ?? step.output);
  return { name, inputs, value, gradient: rowsOf(cotangent), passed: told };
}

function nameOf(index: number, { nameAt }: Bookkeeping): ChainName {
  const name = nameAt.get(index);
  if (name === undefined) throw new Error(`the step %${index} of the chain has no name`);
  return name;
}
