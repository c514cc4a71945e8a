import { checkBytes, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { unsharedBytes } from '../archives/bytes.ts';
import { ChecksumError } from '../errors.ts';

/** What {@link checkSha256} compares with. */
export interface ChecksumOptions {
  /** The file's name, for the messages of errors. */
  readonly name: string;
  /** The SHA-256 of the right content: 64 hexadecimal digits in lower case. */
  readonly sha256: string;
}

const checksumOptions: OptionNames<ChecksumOptions> = { name: 'required', sha256: 'required' };

/**
 * The SHA-256 of the bytes (FIPS 180-4) as 64 hexadecimal digits in lower case, by the platform's Web Cryptography.
 *
 * @example (await sha256(Uint8Array.of())).slice(0, 8) // "e3b0c442"
 * @throws ChecksumError on a web page that browsers do not count as secure: they withhold the hash from it
 */
export async function sha256(bytes: Uint8Array, ...surplus: []): Promise<string> {
  checkSurplus('sha256', surplus);
  checkBytes('sha256', bytes);
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (!subtle) {
    throw new ChecksumError({
      operation: 'sha256',
      got: 'no crypto.subtle here',
      wanted: 'Web Cryptography, to check what is read',
      remedy: 'Serve the page over https or from localhost',
    });
  }
  const digest = new Uint8Array(await subtle.digest('SHA-256', unsharedBytes(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Passes when the bytes are exactly those meant.
 *
 * @example
 * const bytes = Uint8Array.of(1, 2, 3);
 * await checkSha256(bytes, { name: 'mine.bin', sha256: await sha256(bytes) }); // throws ChecksumError where they differ
 * @throws ChecksumError when their SHA-256 is another
 */
export async function checkSha256(bytes: Uint8Array, options: ChecksumOptions, ...surplus: []): Promise<void> {
  checkSurplus('checkSha256', surplus);
  const { name, sha256: wanted } = checkOptions('checkSha256', options, checksumOptions);
  const got = await sha256(bytes);
  if (got === wanted) return;
  throw new ChecksumError({
    operation: name,
    got: `the content has the SHA-256 ${got}`,
    wanted,
    remedy: 'Fetch the file again, or check that it belongs to this dataset',
  });
}
