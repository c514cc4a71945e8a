/*
 * What these packages have for Node alone: whole files, folders of checkpoints, datasets from disk and cache.
 */
export * from '@tapegrad/core/node';
export * from '@tapegrad/datasets/node';
export * from '@tapegrad/nn/node';
