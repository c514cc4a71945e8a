import { TapegradError } from '@tapegrad/core';

/** A safetensors file that is cut short, contradicts itself, or holds what cannot be read. */
export class SafetensorsError extends TapegradError {
  override readonly code = 'SAFETENSORS';
}
