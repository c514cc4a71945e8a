import { TapeError } from '../errors.ts';
import type { View } from './strided.ts';

/** Numbers that change, such as those of a parameter: `version` counts how often they did. */
export interface Versioned {
  readonly name: string;
  readonly version: number;
  readonly view: View;
}

/** Versioned numbers as they were at one time. */
export interface SeenVersion {
  readonly parameter: Versioned;
  readonly version: number;
}

/**
 * Throws a TapeError when a parameter was changed since it was seen: what comes from it must not be computed any more, for
 * it would mix old numbers with new ones.
 */
export function checkUnchanged(operation: string, { parameter, version }: SeenVersion): void {
  if (parameter.version === version) return;
  throw new TapeError({
    operation,
    got: `numbers asked for after the parameter ${parameter.name}, from which they come, was changed`,
    wanted: 'numbers of a tape asked for before its parameters change',
    remedy: 'Read them before the optimiser steps, or compute them again on a new tape',
  });
}
