import { ValueError } from '@tapegrad/core';
import { checkWritable, writeWhole } from '@tapegrad/core/node';
import { examine } from '../examination.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { Options } from '../options.ts';
import type { Journal } from './journal.ts';
import { look } from './looks.ts';
import { page } from './page.ts';

/**
 * Finds out whether a report can be written there, before anything is trained for it: by writing a file beside it. Makes
 * the folder.
 *
 * @throws ValueError when it cannot
 */
export async function checkReport(file: string): Promise<void> {
  await orRefuse(file, () => checkWritable(file));
}

/**
 * Tests the model once more, image by image, and writes the report of its run: whole or not at all.
 *
 * @param endedEarly why the run ended before its last step, as a sentence
 * @throws ValueError when it cannot be written
 */
export async function writeReport(
  file: string,
  journal: Journal,
  options: Options,
  endedEarly?: string,
): Promise<void> {
  const { setup, phases } = journal;
  // Without a model there is nothing to tell.
  if (!setup) return;
  const { model, data, pixelScale } = setup;
  const [examination, fingerprint] = await phases.during(
    'testing for the report, and checksums',
    async () =>
      [
        examine(model, data.test, pixelScale, { isMirrored: setup.recipe.isMirrored }),
        await fingerprintOf(data),
      ] as const,
  );
  const shown = Uint32Array.from(shownImages(examination.worst, data.test.labels.size));
  const looks = phases.during('looking inside', () => look(model, data.test, pixelScale, shown));
  const text = page({ journal, setup, options, examination, looks, fingerprint, endedEarly, written: new Date() });
  await orRefuse(file, () => writeWhole(file, text));
}

/** Which test images are looked at closely: the first ones, and of those that were named wrong the worst. */
function shownImages(worst: readonly { readonly index: number }[], images: number): readonly number[] {
  const first = Array.from({ length: Math.min(3, images) }, (_, index) => index);
  return [...new Set([...first, ...worst.slice(0, 3).map(({ index }) => index)])];
}

async function orRefuse(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new ValueError(
      {
        operation: '--report',
        got: `${file} cannot be written: ${error instanceof Error ? error.message : error}`,
        wanted: 'a file in a folder that can be written to',
        remedy: 'Name another file',
      },
      { cause: error },
    );
  }
}
