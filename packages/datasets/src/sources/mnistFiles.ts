/** One of the four files of MNIST. */
export interface MnistFile {
  /** The file's name, without `.gz`. */
  readonly name: string;
  /** The length of its content after gunzip. */
  readonly bytes: number;
  /** The SHA-256 of its content after gunzip. */
  readonly sha256: string;
  /** The shape of the array in it. */
  readonly shape: readonly number[];
}

/**
 * The four files of MNIST: 60,000 digits to learn from and 10,000 to be tested on, 28 × 28 grey pixels each.
 *
 * Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
 */
export const mnistFiles = {
  trainImages: {
    name: 'train-images-idx3-ubyte',
    bytes: 47_040_016,
    sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    shape: [60_000, 28, 28],
  },
  trainLabels: {
    name: 'train-labels-idx1-ubyte',
    bytes: 60_008,
    sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    shape: [60_000],
  },
  testImages: {
    name: 't10k-images-idx3-ubyte',
    bytes: 7_840_016,
    sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    shape: [10_000, 28, 28],
  },
  testLabels: {
    name: 't10k-labels-idx1-ubyte',
    bytes: 10_008,
    sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    shape: [10_000],
  },
} as const satisfies Record<string, MnistFile>;

/** Where the files can be had: each address followed by a file's name and `.gz`. */
export const mnistMirrors: readonly string[] = [
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
];

/** Mean and standard deviation of MNIST's training pixels, scaled to 0..1: options for `batches`. */
export const mnistNormalisation = { mean: 0.1307, standardDeviation: 0.3081 } as const;
