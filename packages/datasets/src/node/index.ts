export { type DownloadProgress, defaultTimeouts } from '../download/download.ts';
export type { DownloadTimeouts } from '../download/receive.ts';
export { cacheFolder, type Environment } from './cacheFolder.ts';
export type { LoadDatasetOptions } from './findDataset.ts';
export { imageFolder, type ReadPicturesOptions } from './imageFolder.ts';
export { type LoadMnistOptions, loadMnist } from './load.ts';
export { loadDataset } from './loadDataset.ts';
export { type TrainTestFolderOptions, trainTestFolder } from './trainTestFolder.ts';
