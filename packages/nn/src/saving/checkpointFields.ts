import { Random, type RandomState } from '@tapegrad/core';
import type { OptimiserState } from '../optimisers/state.ts';
import type { Progress } from '../training/progress.ts';
import { damagedCheckpoint } from './errors.ts';

/** What stands in a checkpoint as JSON, beside the tensors. */
export interface CheckpointFields {
  readonly version: 1;
  /** What tells the run from others. One of an earlier version has none. */
  readonly run?: string | undefined;
  readonly progress: Progress;
  readonly optimiser: Pick<OptimiserState<object>, 'kind' | 'groups' | 'rates'> & {
    /** How many steps each parameter has taken. */
    readonly steps: Readonly<Record<string, number>>;
  };
  readonly random: Readonly<Record<string, RandomState>>;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Reads and checks those fields. What they mean to an optimiser or a program is for these to check.
 *
 * @throws CheckpointError when one is missing, or of another kind
 */
export function readFields(text: string | undefined, name: string): CheckpointFields {
  const fail = (got: string): never => {
    throw damagedCheckpoint(name, got);
  };
  if (text === undefined) return fail('a safetensors file that is no checkpoint');
  const fields = parse(text) ?? fail('a description that is not JSON');
  const { version, run, progress, optimiser, random, options } = fields;
  if (version !== 1) return fail(`a checkpoint of version ${JSON.stringify(version)}; this program reads version 1`);
  if (run !== undefined && typeof run !== 'string') return fail('a run that is no name');
  if (!isProgress(progress)) return fail('no progress');
  if (!isOptimiser(optimiser)) return fail('no state of an optimiser');
  if (!isRecord(random) || !Object.values(random).every(isRandomState)) return fail('no states of random streams');
  if (!isRecord(options)) return fail('no options');
  return { version, run, progress, optimiser, random: random as Record<string, RandomState>, options };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const fields: unknown = JSON.parse(text);
    return isRecord(fields) ? fields : undefined;
  } catch {
    return undefined;
  }
}

function isProgress(value: unknown): value is Progress {
  if (!isRecord(value)) return false;
  const counts = [value.step, value.epoch, value.stepInEpoch];
  return counts.every(isCount) && typeof value.totalLoss === 'number';
}

function isOptimiser(value: unknown): value is CheckpointFields['optimiser'] {
  if (!isRecord(value) || typeof value.kind !== 'string' || !Array.isArray(value.groups)) return false;
  if (value.rates !== undefined && !isRates(value.rates)) return false;
  return isRecord(value.steps) && Object.values(value.steps).every(isCount) && value.groups.every(isGroup);
}

function isGroup(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value.settings) || !Array.isArray(value.parameters)) return false;
  return value.parameters.every((parameter) => typeof parameter === 'string');
}

function isRates(value: unknown): boolean {
  if (!isRecord(value) || typeof value.learningRate !== 'number' || !Array.isArray(value.shares)) return false;
  return value.shares.every((share) => typeof share === 'number');
}

function isRandomState(value: unknown): boolean {
  try {
    return Array.isArray(value) && Boolean(Random.from(value as [number, number, number, number]));
  } catch {
    return false;
  }
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
