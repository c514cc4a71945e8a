import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ValueError } from '@tapegrad/core';
import { concatenate } from '../../archives/bytes.ts';
import type { PictureFile } from '../../pictures/collection/classify.ts';
import type { PictureForm } from '../../pictures/form.ts';
import type { Picture } from '../../pictures/picture.ts';
import { decodePacked } from './decode.ts';
import type { FromDecoder, PackedFiles, ToDecoder } from './messages.ts';

/** So many files go to a worker at a time; fewer than that in all are not worth one. */
const filesAtOnce = 256;

/** How pictures are decoded. */
export interface DecodeOptions {
  readonly form: PictureForm;
  /** How many threads decode. */
  readonly threads: number;
  /** Looks at each picture in turn, and throws to stop. */
  readonly check: (file: PictureFile, picture: Picture) => void;
  /** The worker's module. Default: our own. */
  readonly worker?: URL;
}

/** The default number of threads: as many as there are cores, but no more than 8. */
export const defaultThreads = (): number => Math.min(8, availableParallelism());

/** @throws ValueError when it is not a whole number from 1 to 64 */
export function checkThreads(operation: string, threads: number): void {
  if (Number.isInteger(threads) && threads >= 1 && threads <= 64) return;
  throw new ValueError({
    operation,
    got: `threads is ${threads}`,
    wanted: 'a whole number from 1 to 64',
    remedy: 'Leave it out to have as many as there are cores',
  });
}

/**
 * Reads and decodes files, in several threads where there are many: the same pictures, in the order of the files.
 *
 * @throws what reading throws, and PictureError, PngError or JpegError naming a file that is no sound picture
 */
export async function decodeFiles(files: readonly PictureFile[], options: DecodeOptions): Promise<readonly Picture[]> {
  const { form, threads, check } = options;
  const chunks = Array.from({ length: Math.ceil(files.length / filesAtOnce) }, (_, chunk) =>
    files.slice(chunk * filesAtOnce, (chunk + 1) * filesAtOnce),
  );
  const decoded: (readonly Picture[])[] = new Array(chunks.length);
  const workers = Array.from({ length: chunks.length < 2 ? 0 : Math.min(threads, chunks.length) }, () =>
    startDecoder(options.worker),
  );
  let next = 0;
  let checked = 0;
  const work = async (decoder?: Decoder): Promise<void> => {
    while (next < chunks.length) {
      const chunk = next++;
      const packed = await packedFiles(chunks[chunk]);
      decoded[chunk] = (await decoder?.decode(packed, form)) ?? (await decodePacked(packed, form));
      for (; decoded[checked]; checked++) {
        for (const [index, picture] of decoded[checked].entries()) check(chunks[checked][index], picture);
      }
    }
  };
  try {
    await Promise.all(workers.length === 0 ? [work()] : workers.map(work));
  } finally {
    next = chunks.length;
    for (const worker of workers) worker.end();
  }
  return decoded.flat();
}

async function packedFiles(files: readonly PictureFile[]): Promise<PackedFiles> {
  const contents = await Promise.all(files.map(({ read }) => read()));
  let end = 0;
  const ends = contents.map(({ length }) => (end += length));
  return { bytes: concatenate(contents), ends, names: files.map(({ name }) => name) };
}

interface Decoder {
  /** The pictures, or nothing where the worker cannot make them. */
  decode(files: PackedFiles, form: PictureForm): Promise<readonly Picture[] | undefined>;
  end(): void;
}

function startDecoder(module?: URL): Decoder {
  // A variable, so that no bundler takes this for a file that it has to carry along.
  const own = './decodeWorker.js';
  const worker = new Worker(module ?? new URL(own, import.meta.url), { execArgv: [] });
  let isAlive = true;
  let answer: ((pictures: readonly Picture[] | undefined) => void) | undefined;
  let requests = 0;
  const die = (): void => {
    isAlive = false;
    answer?.(undefined);
  };
  worker.on('message', ({ pictures }: FromDecoder) => answer?.(pictures));
  worker.on('error', die);
  worker.on('messageerror', die);
  worker.on('exit', die);
  return {
    decode(files, form) {
      if (!isAlive) return Promise.resolve(undefined);
      const message: ToDecoder = { request: requests++, files, form };
      return new Promise((resolve) => {
        answer = resolve;
        worker.postMessage(message);
      });
    },
    end: () => void worker.terminate(),
  };
}
