export { checkWritable } from './checkWritable.ts';
export { type CommandWords, commandError, inCommandWords } from './commandError.ts';
export { type Lock, type LockHolder, takeLock } from './lock.ts';
export { makeFolder } from './makeFolder.ts';
export { type AbandonedOptions, removeAbandoned, unfinished, unfinishedName, writeWhole } from './writeWhole.ts';
