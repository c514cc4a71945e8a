import { type Random, type Tensor, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, checkTensor, kindOf, type OptionNames } from '@tapegrad/core/authors';
import type { CallContext } from './layer.ts';

/**
 * Whether a call is part of training. Off the tape no context means that it is not: a model that is only used needs none.
 *
 * @throws ValueError when x stands on a tape and nobody has said which it is
 */
export function isTraining(layer: string, x: Tensor, context: CallContext | undefined): boolean {
  checkTensor(layer, 'x', x);
  if (context !== undefined) return checkCall(layer, context).training;
  if (x.tape === null) return false;
  throw new ValueError({
    operation: layer,
    got: 'a tensor on a tape, and no word on whether this is training',
    wanted: 'a context, for this layer behaves differently in training',
    remedy: 'Call the model with `{ training: true, random }` to train, or with `{ training: false }`',
  });
}

/** The random numbers of a call in training; throws a ValueError when there are none. */
export function randomOf(layer: string, context: CallContext | undefined): Random {
  if (context?.random) return context.random;
  throw new ValueError({
    operation: layer,
    got: 'training without random numbers',
    wanted: 'a seeded stream to draw from, so that the same seed gives the same bits',
    remedy: 'Call the model with `{ training: true, random: new Random(1) }`, and keep that stream from step to step',
  });
}

/** The context of a call: off the tape, where none is given, that of a model in use. */
export function contextOf(x: Tensor, context: CallContext | undefined): CallContext | undefined {
  if (context === undefined) return x.tape === null ? inUse : undefined;
  return checkCall('call', context);
}

/** A context before the look at `training`, whose error says what it is for. */
type Unchecked = Omit<CallContext, 'training'> & { readonly training: unknown };

const contextOptions: OptionNames<Unchecked> = { training: 'required', random: 'optional' };

/** Throws a ValueError unless a context says by true or false whether this is training: the text 'false' would train. */
function checkCall(operation: string, context: CallContext): CallContext {
  const { training } = checkOptions<Unchecked>(operation, context, contextOptions);
  if (typeof training === 'boolean') return context;
  throw new ValueError({
    operation,
    got: `training is ${kindOf(training)}`,
    wanted: 'true or false',
    remedy: 'Pass `{ training: true, random }` while the model learns, `{ training: false }` to use it',
  });
}

/** What stands behind the inputs of a call. */
export type CallRest = readonly [context?: CallContext];

/** Looks at what stands behind the inputs, for a layer that reads none of it: models pass their context to all layers. */
export function checkUnread(type: string, [context, ...surplus]: CallRest): void {
  checkSurplus(`${type}.call`, surplus);
  if (context !== undefined) checkCall(`${type}.call`, context);
}

/** The context of a model that is used, and not trained. */
export const inUse: CallContext = { training: false };
