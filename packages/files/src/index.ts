export { removeAbandoned, writeWhole } from './writeWhole.ts';
