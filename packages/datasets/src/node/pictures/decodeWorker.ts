import { parentPort } from 'node:worker_threads';
import { decodePacked } from './decode.ts';
import type { FromDecoder, ToDecoder } from './messages.ts';

parentPort?.on('message', async ({ request, files, form }: ToDecoder) => {
  let answer: FromDecoder = { request };
  try {
    answer = { request, pictures: await decodePacked(files, form) };
  } catch {
    // The program that asked tries again, and shows the error to whoever can mend it.
  }
  parentPort?.postMessage(answer);
});
