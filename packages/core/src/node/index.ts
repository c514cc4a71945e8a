export { checkWritable } from './checkWritable.ts';
export { type Lock, type LockHolder, takeLock } from './lock.ts';
export { type AbandonedOptions, removeAbandoned, unfinished, unfinishedName, writeWhole } from './writeWhole.ts';
