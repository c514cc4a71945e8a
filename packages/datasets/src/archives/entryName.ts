import { ArchiveError } from '../errors.ts';

/** Longer names than this are nobody's. */
const mostLetters = 1024;

/**
 * The name of an archive's entry, when it stays inside the folder that it would be unpacked to.
 *
 * Nothing here writes an entry to a disk under its own name; an archive that tries to leave its folder is refused all the
 * same, for it is not the one that its publisher made.
 *
 * @throws ArchiveError when the name is empty, absolute, very long, or has `..`, a backslash, a drive or a zero in it
 */
export function checkEntryName(name: string, archive: string): string {
  const steps = name.split('/');
  const isSafe =
    name !== '' &&
    name.length <= mostLetters &&
    !name.startsWith('/') &&
    !/^[A-Za-z]:/.test(name) &&
    !name.includes('\\') &&
    !name.includes('\0') &&
    !steps.includes('..');
  if (isSafe) return name;
  throw new ArchiveError({
    operation: archive,
    got: `an entry called ${JSON.stringify(name.slice(0, 100))}`,
    wanted: 'names that stay inside the archive',
    remedy: 'Do not unpack this archive with other programs either, and fetch it again from its publisher',
  });
}
