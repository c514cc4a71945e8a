import { ValueError } from '@tapegrad/core';
import { checkWritable, writeWhole } from '@tapegrad/core/node';
import { type Sequential, saveModel } from '@tapegrad/nn';
import type { PixelScale } from './pixelScale.ts';

/** How a model is written, by the ending of the file. */
export const formats = {
  '.safetensors': async (model: Sequential, metadata: Readonly<Record<string, string>>) =>
    saveModel(model, Object.entries(metadata)),
  '.onnx': async (model: Sequential, metadata: Readonly<Record<string, string>>) => {
    const { exportOnnx } = await import('@tapegrad/onnx');
    return exportOnnx(model, { metadata });
  },
} as const;

/** The ending of a file's name that says in which format a model goes there; `undefined` where it says none. */
export function formatOf(file: string): keyof typeof formats | undefined {
  return (Object.keys(formats) as (keyof typeof formats)[]).find((ending) => file.endsWith(ending));
}

/**
 * Throws before a long run when the model could not be saved at its end.
 *
 * @throws ValueError naming the file
 */
export async function checkSavable(files: readonly string[]): Promise<void> {
  for (const file of files) await orRefuse(file, () => checkWritable(file));
}

/**
 * Saves a model in files whose endings say the format, each whole or not at all. What its pixels are normalised by goes
 * with it. A file that cannot be written does not keep the others from being written.
 *
 * @throws ValueError when some cannot be written, once the others are
 */
export async function save(
  files: readonly string[],
  model: Sequential,
  scale: PixelScale,
  say: (line: string) => void,
): Promise<void> {
  const metadata = { mean: String(scale.mean), standardDeviation: String(scale.standardDeviation) };
  const failures: unknown[] = [];
  for (const file of files) {
    const format = formatOf(file);
    if (!format) continue;
    try {
      await orRefuse(file, async () => writeWhole(file, await formats[format](model, metadata)));
      say(`the model is in ${file}`);
    } catch (error) {
      if (failures.length > 0) say(`error: ${error instanceof Error ? error.message : error}`);
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function orRefuse(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new ValueError(
      {
        operation: '--save',
        got: `${file} cannot be written: ${error instanceof Error ? error.message : error}`,
        wanted: 'a file in a folder that can be written to, with room in it',
        remedy: 'Name another file, or make room',
      },
      { cause: error },
    );
  }
}
