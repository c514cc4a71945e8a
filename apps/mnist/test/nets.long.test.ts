import { test } from 'vitest';
import { expectWhole } from './trainedNet.ts';

// Its checkpoints have 14 MB each.
test('big: has a report, and goes on from a checkpoint to the same bits', { timeout: 300_000 }, () =>
  expectWhole('big'),
);
