import type { LockHolder } from '@tapegrad/core/node';
import { CheckpointError } from '../saving/errors.ts';

/*
 * What can be wrong with a folder of checkpoints, besides the checkpoints.
 */

export function unreadable(path: string, cause: Error): CheckpointError {
  return new CheckpointError(
    {
      operation: 'CheckpointFolder',
      got: `${path} cannot be read: ${cause.message}`,
      wanted: 'a folder, or a name where one can be made',
      remedy: 'Name another folder',
    },
    { cause },
  );
}

export function cannotBeWritten(operation: string, path: string, cause: unknown, remedy: string): CheckpointError {
  return new CheckpointError(
    {
      operation,
      got: `${path} cannot be written: ${cause instanceof Error ? cause.message : cause}`,
      wanted: 'a folder that can be written to, with room in it',
      remedy,
    },
    { cause },
  );
}

export function heldBy(path: string, lock: string, { pid, host, since }: LockHolder): CheckpointError {
  const holder = pid === 0 ? 'a process that does not say its number' : `the process ${pid} on ${host}`;
  return new CheckpointError({
    operation: 'CheckpointFolder.open',
    got: `${path}, into which ${holder} writes since ${new Date(since).toISOString()}`,
    wanted: 'a folder that one run has for itself',
    remedy: `Wait until that run has ended, or name another folder; if there is no such process any more, remove ${lock}`,
  });
}

/** @param beside a checkpoint of the run that was expected */
export function ofAnotherRun(operation: string, path: string, beside?: string): CheckpointError {
  return new CheckpointError({
    operation,
    got: beside === undefined ? `${path}, of another run` : `${path}, of another run than ${beside}`,
    wanted: 'a folder with the checkpoints of one run',
    remedy:
      beside === undefined
        ? 'Name another folder; to go on with that run, ask for `newest()` first'
        : 'Move the checkpoints of one of them to another folder',
  });
}
