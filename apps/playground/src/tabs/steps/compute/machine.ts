import { onWarning } from '@tapegrad/core';
import type { ChainName } from '../chainNames.ts';
import type { Question } from '../question.ts';
import { recordChain } from './chain.ts';
import { compareFused, type Fused } from './fused.ts';
import { type Hessian, hessians } from './hessian.ts';
import { type Invariants, measureInvariants } from './invariants.ts';
import { rowsOf } from './rows.ts';
import { divisorOf, natsPer } from './spread.ts';
import { type ChainStep, walkChain } from './walk.ts';

/** A loss taken apart. */
export interface Machine {
  readonly question: Question;
  readonly chain: readonly ChainStep[];
  /** The target as the chain multiplies by it. */
  readonly target: readonly (readonly number[])[];
  /** What a mean divides by, and what a loss in nats is divided by to be one of the base. */
  readonly divisor: number;
  readonly nats: number;
  /** The first step with NaN or infinity, where the long way loses what the fused one keeps. */
  readonly broken: ChainName | undefined;
  readonly fused: Fused;
  readonly invariants: Invariants;
  readonly hessians: readonly Hessian[];
  /** What the library warned of, in its words. */
  readonly warnings: readonly { readonly code: string; readonly text: string }[];
}

/** Takes the loss of a question apart: all numbers of the tab. */
export function machine(question: Question): Machine {
  const warnings: { code: string; text: string }[] = [];
  const stop = onWarning(({ code, message }) => warnings.push({ code, text: message }));
  try {
    const recorded = recordChain(question);
    using _tape = recorded.tape;
    const chain = walkChain(recorded);
    return {
      question,
      chain,
      target: rowsOf(recorded.target),
      divisor: divisorOf(question),
      nats: natsPer(question.base),
      broken: chain.find(({ value }) => value.flat().some((number) => !Number.isFinite(number)))?.name,
      fused: compareFused(question, chain),
      invariants: measureInvariants(question),
      hessians: hessians(question),
      warnings,
    };
  } finally {
    stop();
  }
}
