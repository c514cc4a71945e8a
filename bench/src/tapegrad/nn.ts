/* See core.ts: the same for layers, losses and optimisers. */
export * from '../../../packages/nn/dist/index.js';
