/*
 * tapegrad as it was built beside this folder. Paths instead of package names: so nothing has to be installed here to
 * measure tapegrad alone.
 */
export * from '../../../packages/core/dist/authors/index.js';
export * from '../../../packages/core/dist/index.js';
