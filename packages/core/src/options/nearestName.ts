import { namesElsewhere } from './namesElsewhere.ts';

/**
 * The name among `known` that is probably meant by another one: the same in other letters (`label_smoothing`), what PyTorch,
 * Keras or TensorFlow.js call by that name (`lr`), one that contains the other (`strides`), or the one that fewest letters tell
 * from it (`stirde`). `undefined` where none is near.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const meant = bare(name);
  const first = (isNear: (candidate: string) => boolean) => known.find((candidate) => isNear(bare(candidate)));
  const groups = namesElsewhere.map((group) => group.split(' ').map(bare)).filter((group) => group.includes(meant));
  return (
    first((candidate) => candidate === meant) ??
    first((candidate) => groups.some((group) => group.includes(candidate))) ??
    first((candidate) => contains(candidate, meant) || contains(meant, candidate)) ??
    fewestLetters(meant, known)
  );
}

/** The name that fewest letters tell from another one, at most a third of them. */
function fewestLetters(meant: string, known: readonly string[]): string | undefined {
  const limit = meant.length < 3 ? 0 : meant.length / 3;
  const letters = known.map((candidate) => editDistance(bare(candidate), meant));
  const least = Math.min(...letters);
  return least <= limit ? known[letters.indexOf(least)] : undefined;
}

/** The letters of a name alone, small, with the s of British spelling: `kernel_initializer` is `kernelinitialiser`. */
const bare = (name: string): string => name.toLowerCase().replaceAll('_', '').replaceAll('z', 's');

const contains = (whole: string, part: string): boolean => part.length > 2 && whole.includes(part);

/** How many letters have to be put in, left out or exchanged to make one word of the other (Levenshtein). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 0; i < one.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++) {
      next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (one[i] === other[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length];
}
