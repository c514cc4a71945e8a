export { type DownloadProgress, defaultTimeouts } from '../download/download.ts';
export type { DownloadTimeouts } from '../download/receive.ts';
export { cacheFolder, type Environment } from './cache-folder.ts';
export type { LoadDatasetOptions } from './find-dataset.ts';
export { type ImageFolderOptions, imageFolder } from './image-folder.ts';
export { type LoadMnistOptions, loadMnist } from './load.ts';
export { loadDataset } from './load-dataset.ts';
