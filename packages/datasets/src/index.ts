export type { ByteSource } from './archives/byteSource.ts';
export { arraySource } from './archives/byteSource.ts';
export { readTar } from './archives/tar.ts';
export { type ReadArchiveOptions, readZip } from './archives/zip.ts';
export { type Batch, type BatchOptions, type BatchSizes, batchCount, batches } from './batches/batches.ts';
export type { ImageDataset, TrainTest } from './dataset/dataset.ts';
export { firstSamples } from './dataset/firstSamples.ts';
export { type Normalisation, normalisationOf } from './dataset/normalisation.ts';
export { type Samples, select } from './dataset/select.ts';
export { type SplitSamplesOptions, splitSamples } from './dataset/splitSamples.ts';
export { type BuiltInDigitsOptions, builtInDigits, type DrawDigitsOptions, drawDigits } from './digits/digits.ts';
export { type FetchDatasetOptions, fetchDataset } from './download/fetchDataset.ts';
export * from './errors.ts';
export { type ChecksumOptions, checkSha256, sha256 } from './formats/checksum.ts';
export { cifarClasses, type ReadCifarOptions, readCifar10 } from './formats/cifar.ts';
export { type ImageDatasetParts, imageDataset, type NamedArray } from './formats/fromIdx.ts';
export { type GunzipOptions, gunzipIfNeeded } from './formats/gzip.ts';
export { type ReadIdxOptions, readIdx } from './formats/idx.ts';
export type { IdxData } from './formats/idxElements.ts';
export { type ReadJpegOptions, readJpeg } from './pictures/jpeg/readJpeg.ts';
export type { Picture } from './pictures/picture.ts';
export { type ReadPngOptions, readPng } from './pictures/png.ts';
export { type ReadPictureOptions, readPicture } from './pictures/readPicture.ts';
export type { PictureFit, PictureSize } from './pictures/resize.ts';
export type {
  PlatformCaches,
  PlatformFetch,
  PlatformSignal,
  PlatformUrl,
  PlatformWorker as WebWorker,
} from './platform.ts';
export { Prefetcher, type PrefetchOptions, prefetch } from './prefetch/prefetcher.ts';
export { servePrefetch } from './prefetch/serve.ts';
export { type DatasetName, datasetNames, describeDataset } from './sources/catalogue.ts';
export type { ArchiveFile, DataFile, DatasetDescription, Halves } from './sources/description.ts';
export { type EmnistCut, emnistCuts } from './sources/emnist.ts';
export { type IdxFiles, type IdxHalvesOptions, idxHalves } from './sources/idxHalves.ts';
export { mnistFromFiles } from './sources/mnist.ts';
export { type MnistFile, mnistFiles, mnistMirrors, mnistNormalisation } from './sources/mnistFiles.ts';
export { type Curve, type CurveOptions, type LineOptions, noisyLine, noisySine } from './toys/curves.ts';
export { type LabelledPoints, type SpiralOptions, spirals, twoMoons } from './toys/points.ts';
export type { ToyOptions } from './toys/sizes.ts';
export { applyTransform } from './transforms/apply.ts';
export type { Beyond, Transform } from './transforms/kinds.ts';
export { compose, elastic, normalise, rotate, shift } from './transforms/transform.ts';
