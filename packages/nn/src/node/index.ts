export { CheckpointFolder, type CheckpointFolderOptions, type Found } from './checkpointFolder.ts';
