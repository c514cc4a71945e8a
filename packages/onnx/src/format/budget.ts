import { damagedFile } from '../errors.ts';

/**
 * How many messages, names and numbers a file may have, those of its tensors left out, which lie in one piece each: fifty
 * thousand layers, and no more than can be made in a fraction of a second.
 */
const most = 250_000;

/**
 * What is still left of the things that may be made while a file is read. Two bytes of a file can ask for an object of a
 * hundred; so that a small file cannot fill the memory, all of them are counted.
 */
export class Budget {
  #left = most;

  /** @throws OnnxError when there are too many */
  spend(count: number): void {
    this.#left -= count;
    if (this.#left < 0) {
      throw damagedFile(`more than ${most} nodes, names and numbers`, 'a model of at most as many');
    }
  }
}
