import { Tape } from '@tapegrad/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { descriptions, texts } from '../../test/arbitrary.ts';
import { crossEntropy, described, TinyNet, usedTwice } from '../../test/tapes.ts';
import { type Element, readXml, withClass } from '../../test/xml.ts';
import { describeTape } from '../description/describeTape.ts';
import { stepCard } from '../notation/card.ts';
import { onOneLine } from '../notation/lines.ts';
import { stepRow } from '../notation/step.ts';
import { toSvg } from './svg.ts';

const childOf = (element: Element, name: string): Element | undefined => element.children.find((e) => e.name === name);

describe('for those who hear it', () => {
  const svg = readXml(toSvg(described(crossEntropy)));

  test('an image with a title and the program', () => {
    expect(svg.attributes.role).toBe('img');
    expect(svg.children.slice(0, 2).map(({ name }) => name)).toEqual(['title', 'desc']);
    expect(childOf(svg, 'title')?.text).toBe('A tape of 6 steps');
    expect(childOf(svg, 'desc')?.text).toMatch(/^%0 \[2, 3\] watched logits\n.*\n%2 \[2\] softmaxCrossEntropy\(/);
    expect(childOf(svg, 'desc')?.text).toContain('The way back begins at %5.');
  });

  test('a title of one’s own', () => {
    const svg = readXml(toSvg(described(crossEntropy), { title: 'Σ <p> & "q"' }));
    expect(childOf(svg, 'title')?.text).toBe('Σ <p> & "q"');
    expect(withClass(svg, 'title')[0].text).toBe('Σ <p> & "q"');
  });

  test('each step has its row', () => {
    const description = described(crossEntropy);
    expect(withClass(svg, 'step').map((step) => childOf(step, 'title')?.text)).toEqual(description.steps.map(stepRow));
  });
});

test('words and dashes say what the colours say', () => {
  const svg = readXml(toSvg(described(usedTwice)));
  const words = withClass(svg, 'cotangent').map(({ text }) => text);
  expect(words.every((text) => /^(cotangent| +\d+ numbers|↑)/.test(text))).toBe(true);
  const style = childOf(svg, 'style')?.text ?? '';
  expect(style).toContain(
    '.tapegrad-tape .back { fill: none; stroke: #D55E00; stroke-width: 1.5; stroke-dasharray: 5 3 }',
  );
  expect(style).toContain('@media (prefers-color-scheme: dark)');
});

/** The contrast of two colours by WCAG 2. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const hex = colour.length === 4 ? [...colour.slice(1)].map((d) => d + d) : (colour.slice(1).match(/../g) ?? []);
    const [r, g, blue] = hex.map((pair) => {
      const x = Number.parseInt(pair, 16) / 255;
      return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

test.each(['light', 'dark'])('letters and lines stand out from what is behind them, on a %s page', (page) => {
  const style = childOf(readXml(toSvg(described(usedTwice))), 'style')?.text ?? '';
  const half = style.split('@media')[page === 'light' ? 0 : 1];
  const colour = (selector: string, property = 'fill') =>
    half.match(new RegExp(`\\.tapegrad-tape ${selector} \\{[^}]*${property}: (#\\w+)`))?.[1] ?? 'none';
  for (const behind of [colour('\\.paper'), colour('\\.box')]) {
    for (const letters of ['text', '\\.detail', '\\.value', '\\.cotangent']) {
      expect(contrast(colour(letters), behind)).toBeGreaterThanOrEqual(4.5);
    }
    for (const line of ['\\.there', '\\.back']) {
      expect(contrast(colour(line, 'stroke'), behind)).toBeGreaterThanOrEqual(3);
    }
  }
});

test('the style sheet speaks of the picture alone, and nothing has an id', () => {
  const svg = toSvg(described(usedTwice));
  const style = childOf(readXml(svg), 'style')?.text ?? '';
  const selectors = [...style.matchAll(/([^{}]+)\{/g)].map(([, selector]) => selector.trim());
  expect(selectors.filter((selector) => !/^(\.tapegrad-tape|@media)/.test(selector))).toEqual([]);
  expect(svg).not.toMatch(/\sid=/);
});

test('nothing at all', () => {
  using tape = new Tape();
  const svg = readXml(toSvg(describeTape(tape)));
  expect(childOf(svg, 'title')?.text).toBe('A tape of 0 steps');
  expect(withClass(svg, 'step')).toEqual([]);
});

test('the same description, the same picture', () => {
  const description = described((tape) => new TinyNet().loss(tape));
  expect(toSvg(description)).toBe(toSvg(structuredClone(description)));
});

test('any tape: well-formed, and every step, input and cotangent is there', () => {
  fc.assert(
    fc.property(
      descriptions(),
      texts,
      fc.constantFrom('down' as const, 'right' as const),
      (description, title, direction) => {
        const { steps } = description;
        const svg = readXml(toSvg(description, { title, direction }));
        expect(childOf(svg, 'title')?.text).toBe(onOneLine(title));
        const boxes = withClass(svg, 'step');
        const lines = boxes.map((box) => box.children.filter(({ name }) => name === 'text').map(({ text }) => text));
        expect(lines).toEqual(steps.map((step) => stepCard(step).map(({ text }) => text)));
        const inputs = steps.reduce((sum, { inputs }) => sum + Object.keys(inputs).length, 0);
        const passed = steps.reduce((sum, { passed }) => sum + passed.length, 0);
        const inLegend = description.output === null ? 0 : 1;
        expect(withClass(svg, 'there').length).toBe(inputs + 1);
        expect(withClass(svg, 'back').length).toBe(passed + inLegend);
        expect(withClass(svg, 'label').length).toBe(inputs + passed);
      },
    ),
    { numRuns: 60 },
  );
});
