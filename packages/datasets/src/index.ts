export type { ByteSource } from './archives/byteSource.ts';
export { arraySource } from './archives/byteSource.ts';
export { readTar } from './archives/tar.ts';
export { type ReadArchiveOptions, readZip } from './archives/zip.ts';
export type { Batch, BatchOf, Mixed, MixedBatchOf } from './batches/batch.ts';
export { batches } from './batches/batches.ts';
export type { BatchOptions, BatchSizes } from './batches/options.ts';
export { batchCount } from './batches/plan.ts';
export { type Collected, type CollectedOf, collect, type ItemNumbers } from './dataset/collect.ts';
export type { ColumnName, ColumnNumbers } from './dataset/columns.ts';
export type { Dataset, ImageDataset, TrainTest } from './dataset/dataset.ts';
export { filter } from './dataset/filter.ts';
export { firstSamples } from './dataset/firstSamples.ts';
export { type ItemOf, items, type SampleOf } from './dataset/items.ts';
export { type Fold, type KFoldOptions, kFolds } from './dataset/kFolds.ts';
export { map } from './dataset/map.ts';
export { normalisationOf, type WithImages } from './dataset/normalisation.ts';
export { type Selected, select } from './dataset/select.ts';
export { type ShuffleOptions, shuffle } from './dataset/shuffle.ts';
export { type SplitSamplesOptions, splitSamples } from './dataset/splitSamples.ts';
export { balancedWeights, type WeightedOptions, weightedIndices } from './dataset/weights.ts';
export { type BuiltInDigitsOptions, builtInDigits, type DrawDigitsOptions, drawDigits } from './digits/digits.ts';
export { type FetchDatasetOptions, fetchDataset } from './download/fetchDataset.ts';
export * from './errors.ts';
export { type ChecksumOptions, checkSha256, sha256 } from './formats/checksum.ts';
export { cifarClasses, type ReadCifarOptions, readCifar10 } from './formats/cifar.ts';
export { type ReadCifar100Options, readCifar100 } from './formats/cifar100.ts';
export {
  type CsvDataset,
  type CsvInputs,
  type CsvLabels,
  type CsvTargets,
  type ReadCsvOptions,
  readCsv,
} from './formats/csv/readCsv.ts';
export { type ImageDatasetParts, imageDataset, type NamedArray } from './formats/fromIdx.ts';
export { type GunzipOptions, gunzipIfNeeded } from './formats/gzip.ts';
export { type ReadIdxOptions, readIdx } from './formats/idx.ts';
export type { IdxData } from './formats/idxElements.ts';
export { type ImageFile, imageFiles } from './pictures/collection/imageFiles.ts';
export type { PictureOptions } from './pictures/form.ts';
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
export { type ServePrefetchOptions, servePrefetch } from './prefetch/serve.ts';
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
export type { Beyond, EdgeOptions } from './transforms/beyond.ts';
export { brightness, type ColourOptions, contrast, saturation } from './transforms/colour/colour.ts';
export { type NoiseOptions, noise } from './transforms/colour/noise.ts';
export { type Normalisation, normalise } from './transforms/colour/normalise.ts';
export { compose } from './transforms/compose.ts';
export { type CutoutOptions, cutout } from './transforms/cut/cutout.ts';
export { horizontalFlip, type RandomFlipOptions, verticalFlip } from './transforms/cut/flip.ts';
export { type RandomCropOptions, randomCrop } from './transforms/cut/randomCrop.ts';
export { type ResizedCropOptions, resizedCrop } from './transforms/cut/resizedCrop.ts';
export type { MaskNumbers } from './transforms/imageBatch.ts';
export type { Transform } from './transforms/kinds.ts';
export { cutMix, type Mix, type MixOptions, mixup } from './transforms/mix/mix.ts';
export { type ElasticOptions, elastic } from './transforms/move/elastic.ts';
export { type RotateOptions, rotate } from './transforms/move/rotate.ts';
export { type ScaleOptions, scale } from './transforms/move/scale.ts';
export { type ShiftOptions, shift } from './transforms/move/shift.ts';
export { type OwnSample, type OwnTransform, type OwnTransformParts, ownTransform } from './transforms/own.ts';
