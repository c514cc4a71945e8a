export type { ByteSource } from './archives/byteSource.ts';
export { arraySource } from './archives/byteSource.ts';
export { readTar } from './archives/tar.ts';
export { type ReadArchiveOptions, readZip } from './archives/zip.ts';
export { type Batch, type BatchOptions, type BatchSizes, batchCount, batches } from './batches.ts';
export { type ChecksumOptions, checkSha256, sha256 } from './checksum.ts';
export { cifarClasses, type ReadCifarOptions, readCifar10 } from './cifar.ts';
export type { ImageDataset, TrainTest } from './dataset.ts';
export { type BuiltInDigitsOptions, builtInDigits, type DrawDigitsOptions, drawDigits } from './digits.ts';
export * from './errors.ts';
export { type FetchDatasetOptions, fetchDataset } from './fetchDataset.ts';
export { firstSamples } from './firstSamples.ts';
export { type ImageDatasetParts, imageDataset, type NamedArray } from './fromIdx.ts';
export { type GunzipOptions, gunzipIfNeeded } from './gzip.ts';
export { type ReadIdxOptions, readIdx } from './idx.ts';
export type { IdxData } from './idxElements.ts';
export { mnistFromFiles } from './mnist.ts';
export { type MnistFile, mnistFiles, mnistMirrors, mnistNormalisation } from './mnistFiles.ts';
export { type Normalisation, normalisationOf } from './normalisation.ts';
export type {
  PlatformCaches,
  PlatformFetch,
  PlatformSignal,
  PlatformUrl,
  PlatformWorker as WebWorker,
} from './platform.ts';
export { type Picture, type ReadPngOptions, readPng } from './png.ts';
export { Prefetcher, type PrefetchOptions, prefetch } from './prefetch/prefetcher.ts';
export { servePrefetch } from './prefetch/serve.ts';
export { type Samples, select } from './select.ts';
export { type DatasetName, datasetNames, describeDataset } from './sources/catalogue.ts';
export type { ArchiveFile, DataFile, DatasetDescription, Halves } from './sources/description.ts';
export { type EmnistCut, emnistCuts } from './sources/emnist.ts';
export { type IdxFiles, type IdxHalvesOptions, idxHalves } from './sources/idxHalves.ts';
export { type SplitSamplesOptions, splitSamples } from './splitSamples.ts';
export { type Curve, type CurveOptions, type LineOptions, noisyLine, noisySine } from './toys/curves.ts';
export { type LabelledPoints, type SpiralOptions, spirals, twoMoons } from './toys/points.ts';
export type { ToyOptions } from './toys/sizes.ts';
export { applyTransform } from './transforms/apply.ts';
export type { Beyond, Transform } from './transforms/kinds.ts';
export { compose, elastic, normalise, rotate, shift } from './transforms/transform.ts';
