import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ended } from '../../../test/gradients.ts';
import { messagesOf } from '../../../test/messages.ts';
import { dataTypes, scattered } from '../../../test/numbers.ts';
import { tensor } from '../../tensor/create.ts';
import { argMax } from '../reductions/extremesAlong.ts';
import { oneHot } from './oneHot.ts';

describe('oneHot', () => {
  it('is 1 at the index of the class', () => {
    expect(oneHot([2, 0], { classes: 3 }).toList()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
    expect(oneHot([[1], [0]], { classes: 2 }).shape).toEqual([2, 1, 2]);
    expect(oneHot(1, { classes: 2 }).toList()).toEqual([0, 1]);
    expect(oneHot([], { classes: 4 }).shape).toEqual([0, 4]);
    expect(oneHot(scattered(tensor([1, 0])), { classes: 2 }).toList()).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it.each(dataTypes)('comes in %s', (dtype) => {
    expect(oneHot([0], { classes: 1, dtype }).dtype).toBe(dtype);
  });

  it('has its largest number where it was told to', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(8)), (indices) => {
        expect([...argMax(oneHot(indices, { classes: 9 })).data]).toEqual(indices);
      }),
    );
  });

  it('says what does not fit', () => {
    expect(
      messagesOf({
        'out of range': () => oneHot([0, 3], { classes: 3 }),
        'a fractional index': () => oneHot([0.5], { classes: 3 }),
        'no classes': () => oneHot([], { classes: 0 }),
        'half a class': () => oneHot([], { classes: 2.5 }),
        'after the end of its tape': () => oneHot(ended(), { classes: 3 }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "a fractional index": "ValueError: oneHot: indices[0] is 0.5; wanted whole numbers from 0 to 2, the classes. Count from 0, and check that the indices belong to this tensor.",
        "after the end of its tape": "TapeError: oneHot: a tensor of shape [2] whose tape has ended, and its numbers with it; wanted a tensor of a tape that still runs. Use it before the end of its \`using\` block, or keep a copy: \`toNdarray()\`, \`item()\` or \`detach(x)\`.",
        "half a class": "ValueError: oneHot: classes is 2.5; wanted a whole number of at least 1. Say how many classes there are, also those that do not occur.",
        "no classes": "ValueError: oneHot: classes is 0; wanted a whole number of at least 1. Say how many classes there are, also those that do not occur.",
        "out of range": "ValueError: oneHot: indices[1] is 3; wanted whole numbers from 0 to 2, the classes. Count from 0, and check that the indices belong to this tensor.",
      }
    `);
  });
});
