import { ValueError } from '@tapegrad/core';
import { writeWhole } from '@tapegrad/core/node';

/**
 * Writes a result to a file, which is there whole or not at all.
 *
 * @throws ValueError when it cannot be written
 */
export async function writeOutput(path: string, text: string): Promise<void> {
  try {
    await writeWhole(path, text);
  } catch (error) {
    throw new ValueError(
      {
        operation: '--output',
        got: `${path} cannot be written: ${reasonOf(error)}`,
        wanted: 'a file in a folder that can be written to',
        remedy: 'Name another file, or make room for it',
      },
      { cause: error },
    );
  }
}

/** The reason alone, `ENOENT: no such file or directory`: the temporary name is of no use to anybody. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, \w+ '.*$/s, '') : String(error);
}
