import { digitClasses } from '../digits/digitClasses.ts';
import type { ArchiveFile, DataFile, DatasetDescription } from './description.ts';
import { idxHalves } from './idxHalves.ts';

/** The archive that NIST serves: all six ways to cut EMNIST, each in four gzipped IDX files. */
const archive: ArchiveFile = {
  name: 'gzip.zip',
  format: 'zip',
  bytes: 561_753_746,
  sha256: 'fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e',
  prefix: 'gzip/',
  suffix: '.gz',
};

const upperCase = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const lowerCase = [...'abcdefghijklmnopqrstuvwxyz'];
/** Small letters that do not look like their capitals; all others are counted with these. */
const merged = [...digitClasses, ...upperCase, ...'abdefghnqrt'];

/** How many images EMNIST has in each of its six cuts, and the classes. */
const cuts = {
  balanced: { train: 112_800, test: 18_800, classes: merged, firstLabel: 0 },
  byclass: { train: 697_932, test: 116_323, classes: [...digitClasses, ...upperCase, ...lowerCase], firstLabel: 0 },
  bymerge: { train: 697_932, test: 116_323, classes: merged, firstLabel: 0 },
  digits: { train: 240_000, test: 40_000, classes: digitClasses, firstLabel: 0 },
  // Capitals and small letters together, counted from 1.
  letters: { train: 124_800, test: 20_800, classes: upperCase, firstLabel: 1 },
  mnist: { train: 60_000, test: 10_000, classes: digitClasses, firstLabel: 0 },
} as const;

/** One of the six ways in which EMNIST is cut. */
export type EmnistCut = keyof typeof cuts;

/** The names of the six cuts. */
export const emnistCuts: readonly EmnistCut[] = ['balanced', 'byclass', 'bymerge', 'digits', 'letters', 'mnist'];

/** One cut of EMNIST: Cohen, Afshar, Tapson and van Schaik, 2017, arXiv 1702.05373. Checksum of the archive of NIST. */
export function emnist(cut: EmnistCut): DatasetDescription {
  const { train, test, classes, firstLabel } = cuts[cut];
  const file = (part: string, kind: string, header: number, shape: readonly number[]): DataFile => ({
    name: `emnist-${cut}-${part}-${kind}-ubyte`,
    bytes: header + shape.reduce((product, length) => product * length, 1),
    shape,
  });
  const files = {
    trainImages: file('train', 'images-idx3', 16, [train, 28, 28]),
    trainLabels: file('train', 'labels-idx1', 8, [train]),
    testImages: file('test', 'images-idx3', 16, [test, 28, 28]),
    testLabels: file('test', 'labels-idx1', 8, [test]),
  };
  const title = `EMNIST ${cut}`;
  return {
    name: `emnist-${cut}`,
    title,
    classes,
    imageShape: [1, 28, 28],
    files: Object.values(files),
    archive,
    mirrors: ['https://biometrics.nist.gov/cs_links/EMNIST/'],
    layouts: ['emnist', 'EMNIST/raw', 'gzip'],
    // NIST stores each image column by column.
    read: idxHalves(files, { title, classes, isTransposed: true, firstLabel }),
  };
}
