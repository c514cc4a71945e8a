/** Endings of files that are read. */
export const readFormats = /\.(png|jpe?g|jpe|jfif)$/i;

/** Endings of picture files that are not. */
const otherFormats = /\.(gif|webp|bmp|tiff?|avif|hei[cf]|jxl|jp2|ppm|pgm|pnm|tga|ico|svg)$/i;

/** Why something that looks as if it were meant is not read. */
const reasons = {
  format: (count: number) => `${count} ${count === 1 ? 'picture' : 'pictures'} of another format than PNG and JPEG`,
  outside: (count: number) => `${count} ${count === 1 ? 'picture' : 'pictures'} outside of the classes' folders`,
  folder: (count: number) => `${count} ${count === 1 ? 'folder' : 'folders'} inside of a class's`,
} as const;

const remedies = {
  format: 'Convert them to PNG or JPEG',
  outside: 'Move them into the folder of their class',
  folder: 'Move what is in them one folder up',
} as const;

type Reason = keyof typeof reasons;

interface Seen {
  readonly count: number;
  /** The first of them. */
  readonly example: string;
}

/** Counts what a folder of pictures has besides those that are read. */
export class Skipped {
  readonly #seen = new Map<Reason, Seen>();

  /**
   * Takes in what is not read: pictures by their ending, and folders. Notes and other files do not count.
   *
   * @param where among the folders of the classes, or in one of them
   */
  see({ name, isFolder }: { readonly name: string; readonly isFolder: boolean }, where: 'outside' | 'class'): void {
    const isOther = otherFormats.test(name);
    if (isFolder) this.#count('folder', { count: 1, example: name });
    else if (where === 'class' && isOther) this.#count('format', { count: 1, example: name });
    else if (where === 'outside' && (isOther || readFormats.test(name)))
      this.#count('outside', { count: 1, example: name });
  }

  /** Adds what was counted elsewhere. */
  add(other: Skipped): void {
    for (const [reason, seen] of other.#seen) this.#count(reason, seen);
  }

  get isEmpty(): boolean {
    return this.#seen.size === 0;
  }

  /** `, but 3 pictures of another format than PNG and JPEG (the first is a.jpg)`; nothing where there is nothing. */
  beside(): string {
    return this.isEmpty ? '' : `, but ${this}`;
  }

  /** What to do about it; `undefined` where there is nothing. */
  get remedy(): string | undefined {
    return this.isEmpty ? undefined : [...this.#seen.keys()].map((reason) => remedies[reason]).join('. ');
  }

  toString(): string {
    const parts = [...this.#seen].map(([reason, { count, example }]) => {
      return `${reasons[reason](count)} (${count === 1 ? example : `the first is ${example}`})`;
    });
    return parts.join(' and ');
  }

  #count(reason: Reason, { count, example }: Seen): void {
    const before = this.#seen.get(reason);
    this.#seen.set(reason, { count: (before?.count ?? 0) + count, example: before?.example ?? example });
  }
}
