import { TapegradError } from '@tapegrad/core';

/** A safetensors file that is cut short, contradicts itself, or holds what cannot be read. */
export class SafetensorsError extends TapegradError {
  override readonly name = 'SafetensorsError';
  override readonly code = 'SAFETENSORS';
}

/** A checkpoint that is damaged, is none, or cannot be written. */
export class CheckpointError extends TapegradError {
  override readonly name = 'CheckpointError';
  override readonly code = 'CHECKPOINT';
}

/** The error for a checkpoint that is not as it was written. */
export function damagedCheckpoint(name: string, got: string, cause?: unknown): CheckpointError {
  return new CheckpointError(
    { operation: name, got, wanted: 'a checkpoint as it was written', remedy: 'Take an earlier one' },
    { cause },
  );
}
