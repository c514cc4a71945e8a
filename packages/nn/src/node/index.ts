export { CheckpointFolder, type CheckpointFolderOptions, type Found } from './checkpointFolder.ts';
export { KeepCheckpoints, type KeepCheckpointsOptions } from './keepCheckpoints.ts';
export { type ProgressDisplay, progressOf, type ShowProgressOptions, showProgress } from './progress.ts';
