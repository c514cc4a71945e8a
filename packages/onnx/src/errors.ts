import { TapegradError } from '@tapegrad/core';

/** A model that ONNX has no words for, or an ONNX file that is damaged or says what cannot be done here. */
export class OnnxError extends TapegradError {
  override readonly name = 'OnnxError';
  override readonly code = 'ONNX';
}

/** The error for a file that is not what the format asks for. */
export function damagedFile(got: string, wanted: string, cause?: unknown): OnnxError {
  return new OnnxError(
    {
      operation: 'importOnnx',
      got,
      wanted,
      remedy: 'Fetch or export the file again; `onnx.checker` in Python says more of what is wrong with it',
    },
    { cause },
  );
}
