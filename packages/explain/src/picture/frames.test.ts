import { expect, test } from 'vitest';
import { described, usedTwice } from '../../test/tapes.ts';
import { layerFrames } from './frames.ts';

const [step] = described(usedTwice).steps;
const stepsOf = (...indices: number[]) => indices.map((index) => ({ ...step, index }));
const box = (x: number, y: number) => ({ x, y, width: 100, height: 50 });

test('around all steps of a layer, with a line for its name', () => {
  const frames = layerFrames(new Map([['conv', stepsOf(0, 1)]]), [box(0, 0), box(200, 100), box(0, 400)]);
  expect(frames).toEqual([{ layer: 'conv', x: -12, y: -32, width: 324, height: 194 }]);
});

test('none where another step would stand in it', () => {
  expect(layerFrames(new Map([['conv', stepsOf(0, 1)]]), [box(0, 0), box(200, 100), box(100, 40)])).toEqual([]);
});

test('none where frames would cross each other', () => {
  const layers = new Map([
    ['a', stepsOf(0, 1)],
    ['b', stepsOf(2, 3)],
    ['c', stepsOf(4)],
  ]);
  const boxes = [box(0, 200), box(400, 200), box(200, 0), box(200, 400), box(900, 900)];
  expect(layerFrames(layers, boxes).map(({ layer }) => layer)).toEqual(['c']);
});
