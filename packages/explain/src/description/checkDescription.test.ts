import { tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { describeTape, explain, toDot, toMermaid, toSvg, toText } from '../index.ts';

test('what is no tape, no loss and no description is told so', () => {
  const any = (value: unknown): never => value as never;
  for (const view of [toDot, toMermaid, toSvg, toText]) {
    for (const other of [{}, undefined, 3, 'steps']) {
      expect(() => view(any(other))).toThrow(/^to\w+: description is .*; wanted the description of a tape\. Pass what/);
    }
  }
  expect(() => describeTape(any(3))).toThrow('describeTape: tape is the number 3; wanted a tape.');
  expect(() => describeTape(any(tensor([1])))).toThrow('describeTape: tape is a tensor of shape [1]; wanted a tape.');
  expect(() => explain(any('x'))).toThrow("explain: the loss is the text 'x'; wanted a tensor.");
});
