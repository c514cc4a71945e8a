import { expect, test } from 'vitest';
import { requestWith } from '../../test/request.ts';
import { type LossName, losses, lossNames } from '../losses.ts';
import { study } from '../study.ts';
import { darkRules, inks, strokes } from './palette.ts';
import { drawFits } from './svg.ts';

/** The names of the tags that are open at the end of a piece of XML; throws where one closes that is not open. */
function openTags(xml: string): string[] {
  const open: string[] = [];
  for (const [, closes, name, closed] of xml.matchAll(/<(\/?)(\w+)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (closes) expect(open.pop()).toBe(name);
    else if (!closed) open.push(name);
  }
  return open;
}

const studied = study(requestWith({ losses: lossNames, steps: 20 }));
const svg = drawFits(studied);

test('the picture is well-formed, has a title and a description, and nothing that is no number', () => {
  expect(openTags(svg)).toEqual([]);
  // Whatever begins with < is a tag that was read above.
  expect(svg.replaceAll(/<\/?\w+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, '')).not.toMatch(/[<]/);
  expect(svg).toMatch(
    /^<svg class="tapegrad-fits" role="img" aria-labelledby="tapegrad-fits-title tapegrad-fits-title-more"/,
  );
  expect(svg).toContain('<title id="tapegrad-fits-title">Fits to y = sin x with outliers under L2, L1, Huber, ');
  expect(svg).toMatch(/<desc id="tapegrad-fits-title-more">[^<]+\.<\/desc>/);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
});

test.each(lossNames)('%s has its name, colour and dashes in both panels', (name) => {
  const { colour, dash } = strokes[name];
  expect(svg.split(`>${losses[name].titleWith(studied.request)}</text>`)).toHaveLength(3);
  const lines = [...svg.matchAll(/<path [^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => tag.includes(`stroke="${colour.light}"`));
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(/stroke-dasharray="([^"]*)"/.exec(line)?.[1]).toBe(dash === 'solid' ? undefined : dash.join(','));
  }
});

test('every point is drawn, outliers as crosses', () => {
  const { points } = studied.problem;
  const outliers = points.filter(({ isOutlier }) => isOutlier).length;
  expect(svg.match(/M-1 -1L1 1M-1 1L1 -1/g)).toHaveLength(outliers);
  expect(svg.match(/<path d="M1 0A1 1 /g)).toHaveLength(points.length - outliers);
});

test('the same study is the same picture', () => {
  // Compared here, for nobody wants to read where two pictures differ.
  expect(drawFits(studied) === svg).toBe(true);
});

test('no two losses have the same dashes, and letters stand out from the paper', () => {
  const dashes = Object.values(strokes).map(({ dash }) => String(dash));
  expect(new Set(dashes).size).toBe(dashes.length);
  for (const name of Object.keys(strokes) as LossName[]) {
    for (const page of ['light', 'dark'] as const) {
      expect(contrast(strokes[name].colour[page], inks.paper[page]), `${name}, ${page}`).toBeGreaterThan(4.5);
    }
  }
  expect(darkRules('.x')).toContain('.x [stroke="#b84a00"] { stroke: #f58a3c }');
});

/** By the formula of WCAG 2. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
