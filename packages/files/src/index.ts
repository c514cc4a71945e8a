export { removeAbandoned, unfinished, writeWhole } from './writeWhole.ts';
