import * as core from '@tapegrad/core';
import * as filesOfCore from '@tapegrad/core/node';
import * as datasets from '@tapegrad/datasets';
import * as filesOfDatasets from '@tapegrad/datasets/node';
import * as nn from '@tapegrad/nn';
import * as filesOfNn from '@tapegrad/nn/node';
import { expect, test } from 'vitest';
import * as tapegrad from './index.ts';
import * as files from './node/index.ts';

test('holds everything that core, nn and datasets have, no name twice', () => {
  const parts = [core, nn, datasets].flatMap(Object.keys);
  expect(Object.keys(tapegrad).sort()).toEqual([...new Set(parts)].sort());
  expect(new Set(parts).size).toBe(parts.length);
});

test('holds everything that they have for Node', () => {
  const parts = [filesOfCore, filesOfNn, filesOfDatasets].flatMap(Object.keys);
  expect(Object.keys(files).sort()).toEqual(parts.sort());
});

test('hands on the very same things, so that packages can be mixed', () => {
  expect(tapegrad.Tensor).toBe(core.Tensor);
  expect(tapegrad.mseLoss).toBe(nn.mseLoss);
  expect(tapegrad.batches).toBe(datasets.batches);
});
