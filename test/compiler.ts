import { join } from 'node:path';
import { root } from './snippets.ts';

/** The compiler, TypeScript 7, as `tools/build.mjs` runs it. */
export const compiler = join(root, 'node_modules/typescript-7/bin/tsc');
