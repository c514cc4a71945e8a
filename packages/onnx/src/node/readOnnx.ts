import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkOptions, checkSurplus, checkText, type OptionNames } from '@tapegrad/core/authors';
import type { Sequential } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { externalLocations } from '../import/externalLocations.ts';
import { type Imported, type ImportedModel, type ImportOptions, importOnnx } from '../import/importOnnx.ts';

/** As for `importOnnx`; the weights beside the file are found by themselves. */
export type ReadOnnxOptions = Omit<ImportOptions, 'externalData'>;

const readOnnxOptions: OptionNames<ReadOnnxOptions> = { inputShape: 'optional' };

/**
 * The model in an ONNX file, and in the files beside it in which its weights may stand: PyTorch puts them into
 * `model.onnx.data`. See `importOnnx` for what comes.
 *
 * @throws OnnxError when a file cannot be read, is damaged, lies in another folder, or needs what no layer computes
 * @example
 * const { model } = await readOnnx('model.onnx');
 */
export async function readOnnx<Kind extends ImportedModel = Sequential>(
  path: string,
  options: ReadOnnxOptions = {},
  ...surplus: []
): Promise<Imported<Kind>> {
  checkSurplus('readOnnx', surplus);
  const given = checkOptions('readOnnx', options, readOnnxOptions);
  checkText(
    'readOnnx',
    'path',
    path,
    'Give the path of a file, of an address by `fileURLToPath(address)`; bytes are for `importOnnx`',
  );
  const bytes = await bytesAt(path);
  const beside: Record<string, Uint8Array> = Object.create(null);
  // One behind the other: there is most often one, and it may be large.
  for (const location of externalLocations(bytes)) beside[location] = await bytesAt(join(dirname(path), location));
  return importOnnx<Kind>(bytes, { ...given, externalData: beside });
}

async function bytesAt(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code = 'an error' } = error as NodeJS.ErrnoException;
    throw new OnnxError(
      {
        operation: 'readOnnx',
        got: `${code} at ${String(path)}`,
        wanted: 'a file that can be read, and beside it those in which its weights stand',
        remedy: 'Check the path; weights that were written into a file of their own have to lie beside the model',
      },
      { cause: error },
    );
  }
}
