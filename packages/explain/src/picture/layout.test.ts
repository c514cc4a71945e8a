import { exp, Tape, type Tensor, tensor, ValueError } from '@tapegrad/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { descriptions } from '../../test/arbitrary.ts';
import { described, TinyNet, usedTwice } from '../../test/tapes.ts';
import { collected, contrary, jumping, recurrent, unrolled } from '../../test/unrolled.ts';
import { describeTape } from '../description/describeTape.ts';
import type { StepDescription, TapeDescription } from '../description/description.ts';
import type { Direction } from '../notation/direction.ts';
import { stepsByLayer } from '../notation/step.ts';
import { type Box, overlap, type Point } from './boxes.ts';
import { layoutTape, type TapeLayout } from './layout.ts';
import { cardSize, labelSize } from './sizes.ts';

const pairs = <Item>(items: readonly Item[]): [Item, Item][] =>
  items.flatMap((a, i) => items.slice(i + 1).map((b): [Item, Item] => [a, b]));

/** Points of the smooth line that `pathThrough` draws, close enough to each other. */
function alongLine(points: readonly Point[], direction: Direction): Point[] {
  const line: Point[] = [];
  points.slice(1).forEach((to, i) => {
    const from = points[i];
    for (let t = 0; t <= 1; t += 1 / 32) {
      const ahead = 1.5 * t * (1 - t) * (1 - t) + 1.5 * t * t * (1 - t) + t ** 3;
      const aside = 3 * t * t - 2 * t ** 3;
      const [x, y] = direction === 'down' ? [aside, ahead] : [ahead, aside];
      line.push({ x: from.x + x * (to.x - from.x), y: from.y + y * (to.y - from.y) });
    }
  });
  return line;
}

const isInside = ({ x, y }: Point, box: Box): boolean =>
  x > box.x + 0.01 && x < box.x + box.width - 0.01 && y > box.y + 0.01 && y < box.y + box.height - 0.01;

/** Everything that a picture must be to be read. */
function check(description: TapeDescription, layout: TapeLayout): void {
  const { direction, steps, edges, layers, width, height } = layout;
  const isDown = direction === 'down';
  expect(steps.map(({ step }) => step)).toEqual(description.steps.map(({ index }) => index));
  expect(edges.map(({ from, to, input }) => [from, to, input])).toEqual(
    description.steps.flatMap(({ index, inputs }) =>
      Object.entries(inputs).map(([input, from]) => [from, index, input]),
    ),
  );
  description.steps.forEach((step, index) => {
    expect(steps[index].width).toBeGreaterThanOrEqual(cardSize(step).width);
    expect(steps[index].height).toBeGreaterThanOrEqual(cardSize(step).height);
  });
  for (const [a, b] of pairs(steps)) if (overlap(a, b)) expect.fail(`%${a.step} and %${b.step} overlap`);
  for (const { from, to, input, there, back, label } of edges) {
    for (const points of [there, back]) {
      const [first, last] = [points[0], points[points.length - 1]];
      const [source, target] = [steps[from], steps[to]];
      if (isDown) {
        expect(first.y).toBeCloseTo(source.y + source.height, 3);
        expect(last.y).toBeCloseTo(target.y, 3);
      } else {
        expect(first.x).toBeCloseTo(source.x + source.width, 3);
        expect(last.x).toBeCloseTo(target.x, 3);
      }
      const across = (point: Point, box: Box): boolean =>
        isDown ? point.x >= box.x && point.x <= box.x + box.width : point.y >= box.y && point.y <= box.y + box.height;
      expect(across(first, source) && across(last, target)).toBe(true);
      for (const point of alongLine(points, direction)) {
        const met = steps.find((box) => isInside(point, box));
        if (met) expect.fail(`the line of ${input} from %${from} to %${to} meets %${met.step}`);
      }
    }
    const covered = steps.find((box) => overlap(box, label));
    if (covered) expect.fail(`the label ${input} of %${to} lies on %${covered.step}`);
    expect(label.width).toBeGreaterThanOrEqual(labelSize(description.steps[to], input).width);
  }
  for (const [a, b] of pairs(edges)) {
    if (overlap(a.label, b.label)) expect.fail(`the labels ${a.input} of %${a.to} and ${b.input} of %${b.to} overlap`);
  }
  for (const { layer, ...frame } of layers) {
    const members = stepsByLayer(description.steps)
      .get(layer)
      ?.map(({ index }) => index);
    expect(steps.filter((box) => overlap(frame, box)).map(({ step }) => step)).toEqual(members);
  }
  for (const box of [...steps, ...layers, ...edges.map(({ label }) => label)]) {
    expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true);
  }
}

describe.each<Direction>(['down', 'right'])('%s', (direction) => {
  test('a value used twice', () => {
    const description = described(usedTwice);
    const layout = layoutTape(description, { direction });
    check(description, layout);
    const order = layout.steps.map(({ x, y }) => (direction === 'down' ? y : x));
    expect(order.slice(2)).toEqual(order.slice(2).toSorted((a, b) => a - b));
  });

  test('a CNN, with a frame around each layer', () => {
    const description = described((tape) => new TinyNet().loss(tape));
    const layout = layoutTape(description, { direction });
    check(description, layout);
    expect(layout.layers.map(({ layer }) => layer)).toEqual(['conv', 'pool', 'dense']);
  });

  test.each([
    ['one weight along a chain', unrolled(60)],
    ['values that meet at the end of a chain', collected(60)],
    ['weights that two chains use in contrary order', contrary(40)],
    ['a recurrent net', recurrent(15)],
  ])('%s, whose long lines go beside everything', (_, description) => {
    check(description, layoutTape(description, { direction }));
  });

  test('any chain with long lines', () => {
    const indices = fc.array(fc.nat(), { minLength: 40, maxLength: 60 });
    fc.assert(
      fc.property(indices, (indices) => {
        const description = jumping(indices);
        check(description, layoutTape(description, { direction }));
      }),
      { numRuns: 4 },
    );
  });

  test('any tape', () => {
    fc.assert(
      fc.property(descriptions(20), (description) => check(description, layoutTape(description, { direction }))),
      { numRuns: 60 },
    );
  });
});

test('cards of another size', () => {
  const description = described(usedTwice);
  const { steps, edges } = layoutTape(description, {
    sizeOfStep: () => ({ width: 500, height: 40 }),
    sizeOfLabel: () => ({ width: 10, height: 70 }),
  });
  expect(steps.every(({ width, height }) => width === 500 && height === 40)).toBe(true);
  expect(edges.every(({ label }) => label.width === 10 && label.height === 70)).toBe(true);
  expect(pairs(steps).some(([a, b]) => overlap(a, b))).toBe(false);
});

test('detours leave their step at one port, and share a lane', () => {
  const { edges } = layoutTape(unrolled(60));
  const last = edges.filter(({ from }) => from === 0).slice(-20);
  expect(new Set(last.map(({ there }) => there[0].x)).size).toBe(1);
  expect(new Set(last.map(({ there }) => Math.max(...there.map(({ x }) => x)))).size).toBe(1);
});

test.each([
  ['one weight used 200 times', unrolled(200)],
  ['200 values that meet', collected(200)],
])('%s: dagre arranges them once', (_, description) => {
  let asked = 0;
  const sizeOfStep = (step: StepDescription) => {
    asked++;
    return cardSize(step);
  };
  const { length } = description.steps;
  // dagre's time depends on how often it runs and on how many ranks lines pass, which the tests of detours hold.
  expect(layoutTape(description, { sizeOfStep }).steps).toHaveLength(length);
  expect(asked).toBe(length);
});

function chain(tape: Tape, length: number): Tensor {
  let y = tape.watch(tensor(0), 'x');
  while (tape.steps.length < length) y = exp(y);
  return y;
}

test('a thousand steps, one after the other, and no more', () => {
  using tape = new Tape();
  chain(tape, 1000);
  expect(layoutTape(describeTape(tape)).steps.length).toBe(1000);
  chain(tape, 1001);
  expect(() => layoutTape(describeTape(tape))).toThrow(ValueError);
  expect(() => layoutTape(describeTape(tape))).toThrow(
    'layoutTape: a tape of 1001 steps; wanted no more than 1000. Record one small batch, or look at the tape with `toText`.',
  );
});
