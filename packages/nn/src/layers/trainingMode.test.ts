import { Random, Tape, tensor } from '@tapegrad/core';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { isTraining, randomOf } from './trainingMode.ts';

describe('isTraining', () => {
  test('is what the context says; off the tape nothing said means use', () => {
    using tape = new Tape();
    for (const x of [tensor([1]), tape.constant([1])]) {
      expect(isTraining('drop1', x, { training: true })).toBe(true);
      expect(isTraining('drop1', x, { training: false })).toBe(false);
    }
    expect(isTraining('drop1', tensor([1]), undefined)).toBe(false);
  });
});

test('every message', () => {
  using tape = new Tape();
  const x = tape.constant([1]);
  expect(
    messagesOf({
      'on a tape without a context': () => isTraining('drop1', x, undefined),
      'no random numbers': () => randomOf('drop1', { training: true }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "no random numbers": "ValueError: drop1: training without random numbers; wanted a seeded stream to draw from, so that the same seed gives the same bits. Call the model with \`{ training: true, random: new Random(1) }\`, and keep that stream from step to step.",
      "on a tape without a context": "ValueError: drop1: a tensor on a tape, and no word on whether this is training; wanted a context, for this layer behaves differently in training. Call the model with \`{ training: true, random }\` to train, or with \`{ training: false }\`.",
    }
  `);
  const random = new Random(1);
  expect(randomOf('drop1', { training: true, random })).toBe(random);
});
