export { checkWritable } from './checkWritable.ts';
export { removeAbandoned, unfinished, writeWhole } from './writeWhole.ts';
