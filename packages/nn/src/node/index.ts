export { CheckpointFolder, type CheckpointFolderOptions, type Found } from './checkpointFolder.ts';
export { type ProgressDisplay, progressOf, type ShowProgressOptions, showProgress } from './progress.ts';
