import { TapeError } from '../errors.ts';
import { Parameter } from '../tensor/parameter.ts';
import type { Entry, Owner, Tensor } from '../tensor/tensor.ts';
import type { SeenVersion } from '../tensor/versions.ts';

/*
 * A value computed from parameters alone while no tape recorded, such as `transpose(weight)` or the L2 penalty
 * `sum(square(weight))`, keeps the entry of the op that made it, and is written down as soon as it meets a tape. What was
 * computed from a parameter and other numbers keeps only the parameter's name, so that no gradient is lost in silence.
 */

type Inputs = Readonly<Record<string, Tensor>>;

/** Whether an op with these inputs can be written down later: they come from parameters, and from nothing else. */
export function comesFromParameters(inputs: Inputs): boolean {
  const all = Object.values(inputs);
  return all.some(isOfParameters) && all.every((x) => isOfParameters(x) || x.isLiteral);
}

function isOfParameters(x: Tensor): boolean {
  return x instanceof Parameter || (x.tape === null && x.entry !== undefined);
}

/**
 * The name of the nearest parameter that one of the inputs was computed from off the tape, or on `tape`, if any was. Each
 * value is looked at once, however many ways lead to it.
 */
export function parameterBehind(inputs: Inputs, tape: Owner | null = null): string | null {
  const behind = Object.values(inputs);
  const met = new Set<Tensor>();
  for (const x of behind) {
    if (x instanceof Parameter) return x.name;
    if (x.unrecorded !== null) return x.unrecorded;
    if ((x.tape !== null && x.tape !== tape) || !x.entry || met.has(x)) continue;
    met.add(x);
    behind.push(...Object.values(x.entry.inputs));
  }
  return null;
}

/** The parameters among the inputs, as they are now. */
export function parametersSeen(inputs: Inputs): readonly SeenVersion[] {
  let seen: SeenVersion[] | undefined;
  for (const name in inputs) {
    const x = inputs[name];
    if (!(x instanceof Parameter)) continue;
    seen ??= [];
    seen.push({ parameter: x, version: x.version });
  }
  return seen ?? none;
}

const none: readonly SeenVersion[] = [];

/** Throws a TapeError when a parameter was changed since a value was computed from it off the tape. */
export function checkFresh(operation: string, { operation: made, parameters }: Entry): void {
  const changed = parameters.find(({ parameter, version }) => parameter.version !== version);
  if (!changed) return;
  throw new TapeError({
    operation,
    got: `the result of ${made}, computed from the parameter ${changed.parameter.name} before that was changed`,
    wanted: 'a value of the parameters as they are now',
    remedy: 'Compute it again in each step',
  });
}
