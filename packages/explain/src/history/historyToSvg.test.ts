import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { type Element, readXml, withClass } from '../../test/xml.ts';
import { linearAxis, logarithmicAxis } from './axis.ts';
import { historyToSvg } from './historyToSvg.ts';
import { panelsOf } from './panels.ts';

/** A training of two epochs of five steps, its loss halved in each step. */
const steps = Array.from({ length: 10 }, (_, at) => ({
  step: at + 1,
  loss: 2 ** -at,
  learningRate: 0.1 * (at + 1),
  gradientNorm: 10 ** (at / 3),
}));
const epochs = [
  { epoch: 1, step: 5, meanLoss: 0.4, metrics: { accuracy: 0.5, loss: 0.6 } },
  { epoch: 2, step: 10, meanLoss: 0.01, metrics: { accuracy: 0.75, loss: 0.5 } },
];
const svgOf = (...given: Parameters<typeof historyToSvg>): Element => readXml(historyToSvg(...given));
const textOf = (svg: Element, name: string): string | undefined =>
  svg.children.find((child) => child.name === name)?.text;

describe('what is drawn', () => {
  test('a chart each of loss, metrics, rate and norm, in words too', () => {
    const svg = svgOf({ steps, epochs });
    expect(withClass(svg, 'title').map(({ text }) => text)).toEqual([
      ...['Training over 10 steps', 'Loss', 'accuracy', 'Learning rate', 'Norm of the gradients'],
    ]);
    expect(textOf(svg, 'title')).toBe('Training over 10 steps');
    expect(textOf(svg, 'desc')?.split('\n')).toEqual([
      'Loss: each step 1 at step 1, 0.0019531 at step 10; mean of the epoch 0.4 at step 5, 0.01 at step 10; loss, validated 0.6 at step 5, 0.5 at step 10.',
      'accuracy: accuracy 0.5 at step 5, 0.75 at step 10.',
      'Learning rate: each step 0.1 at step 1, 1 at step 10.',
      'Norm of the gradients: each step 1 at step 1, 1000 at step 10.',
    ]);
    expect(svg.attributes).toMatchObject({ role: 'img', width: '896', height: String(44 + 2 * 286) });
  });

  test('what was not told has no chart', () => {
    const svg = svgOf({ steps: steps.map(({ step, loss }) => ({ step, loss })), epochs: [] }, { title: 'a < b' });
    expect(withClass(svg, 'title').map(({ text }) => text)).toEqual(['a < b', 'Loss']);
    expect(svg.attributes.width).toBe('456');
    expect(svgOf({ steps: [], epochs }).attributes.width).toBe('896');
  });

  test('a halved loss is a straight line on the axis by powers of ten, from the top to the bottom', () => {
    const [line] = withClass(svgOf({ steps: steps.slice(0, 5), epochs: [] }), 'line-1').filter(({ attributes }) =>
      attributes.d.includes('L'),
    );
    const points = line.attributes.d
      .split(/[ML]/)
      .slice(1)
      .map((pair) => pair.split(' ').map(Number));
    expect(points).toHaveLength(5);
    const falls = points.slice(1).map(([, y], at) => y - points[at][1]);
    for (const fall of falls) {
      expect(fall).toBeGreaterThan(10);
      expect(fall).toBeCloseTo(falls[0], 1);
    }
  });

  test('names of lines that have no room beside each other go into a row of their own', () => {
    const metrics = { loss: 1, lossOfBoxes: 2, reconstructionLoss: 3 };
    const svg = svgOf({ steps, epochs: [{ step: 10, meanLoss: 1, metrics }] }, { columns: 1 });
    const names = withClass(svg, 'note').filter(({ text }) => /mean|each|validated|lossOf/.test(text));
    const rows = names.map(({ attributes }) => Number(attributes.y));
    expect(rows.at(-1)).toBeGreaterThan(rows[0]);
    const room = Number(svg.attributes.width);
    for (const { attributes, text } of names) {
      expect(Number(attributes.x) + 6 * text.length).toBeLessThan(room);
    }
  });

  test('many steps are drawn as means, and their number is told', () => {
    const many = Array.from({ length: 1000 }, (_, at) => ({ step: at + 1, loss: at % 2 }));
    const [{ lines }] = panelsOf({ steps: many, epochs: [] });
    expect(lines[0].name).toBe('mean of 5 steps');
    expect(lines[0].points).toHaveLength(200);
    expect(lines[0].points[0]).toEqual([5, 0.4]);
    expect(lines[0].points.at(-1)).toEqual([1000, 0.6]);
  });

  test('a number that is not finite leaves a gap', () => {
    const losses = [3, 2, Number.NaN, 1, 0.5];
    const svg = svgOf({ steps: losses.map((loss, at) => ({ step: at + 1, loss })), epochs: [] });
    const line = withClass(svg, 'line-1').find(({ attributes }) => attributes.d.includes('L'));
    expect(line?.attributes.d.match(/M/g)).toHaveLength(2);
    expect(historyToSvg({ steps: [{ step: 1, loss: Number.NaN }], epochs: [] })).toContain('no finite number');
  });
});

test('axes end at round numbers, and show what they hold', () => {
  expect(linearAxis([0.13, 0.87]).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(linearAxis([-3, 1001]).ticks).toEqual([-500, 0, 500, 1000, 1500]);
  const same = linearAxis([4, 4]);
  expect([same.share(4) > 0.2, same.share(4) < 0.8]).toEqual([true, true]);
  expect(linearAxis([0, 0]).ticks).toContain(0);
  expect(logarithmicAxis([0.02, 3]).ticks).toEqual([0.01, 0.1, 1, 10]);
  expect(logarithmicAxis([1, 1]).ticks).toEqual([1, 10]);
  expect(logarithmicAxis([1e-9, 1e6]).ticks).toEqual([1e-9, 1e-6, 1e-3, 1, 1e3, 1e6]);
  for (const [number, share] of [
    [0.01, 0],
    [10, 1],
  ]) {
    expect(logarithmicAxis([0.02, 3]).share(number)).toBeCloseTo(share, 12);
  }
});

test('says what does not fit', () => {
  const metrics = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`${name}Loss`, 1]));
  expect(
    messagesOf({
      nothing: () => historyToSvg({ steps: [], epochs: [] }),
      losses: () => historyToSvg([1, 0.5] as never),
      'no columns': () => historyToSvg({ steps, epochs }, { columns: 0 }),
      'too many losses': () => historyToSvg({ steps, epochs: [{ step: 10, meanLoss: 1, metrics }] }),
    }),
  ).toMatchInlineSnapshot(`
    {
      "losses": "DataTypeError: historyToSvg: history is a list of 2; wanted a history of steps and epochs. Give \`fit\` a \`new History()\` among its callbacks, and draw that.",
      "no columns": "ValueError: historyToSvg: columns is 0; wanted a whole number of at least 1. Leave it out for two beside each other.",
      "nothing": "ValueError: historyToSvg: a history without steps and epochs; wanted at least one step. Draw it when \`fit\` has begun.",
      "too many losses": "ValueError: historyToSvg: 7 lines of losses; wanted at most 6, which can be told from each other. Measure fewer, or give some a name that does not end in loss: each gets a chart of its own.",
    }
  `);
});
