export { cacheFolder, type Environment } from './cache-folder.ts';
export { type DownloadProgress, defaultTimeouts } from './download.ts';
export { type LoadMnistOptions, loadMnist } from './load.ts';
export type { DownloadTimeouts } from './receive.ts';
