import { stripVTControlCharacters } from 'node:util';
import { Random } from '@tapegrad/core';
import { builtInDigits } from '@tapegrad/datasets';
import { summary } from '@tapegrad/nn';
import { describe, expect, test } from 'vitest';
import type { Examination } from '../examination.ts';
import { buildNet } from '../nets.ts';
import { endingLines } from './ending.ts';
import { layerLines } from './layerLines.ts';
import { LiveLines } from './liveLines.ts';
import { matrixLines } from './matrix.ts';
import { Pace } from './pace.ts';
import { type Picture, pictureLines } from './picture.ts';
import { ProgressDisplay } from './progressDisplay.ts';
import { duration, progressLine, progressLines } from './progressLines.ts';
import { type Screen, screenOf } from './screen.ts';

const widths = [20, 40, 80, 200];
const plain = (width: number): Screen => ({ width, colourBits: 1, isUnicode: true });
const position = { epoch: 1, epochs: 5, stepInEpoch: 120, stepsInEpoch: 235, learningRate: 0.00873 };
const now = { loss: 0.61234, meanLoss: 0.63219, accuracy: 0.9734, imagesPerSecond: 17321.4, secondsLeft: 64.2 };
/** As wide as it looks: without the codes of colours. */
const seen = stripVTControlCharacters;

describe('how training goes', () => {
  test('in rows of any width, with all its numbers', () => {
    const told = widths.map((width) => progressLines(position, now, width).join('\n'));
    for (const [at, width] of widths.entries()) {
      for (const line of told[at].split('\n')) expect(line.length).toBeLessThanOrEqual(width);
      for (const number of ['0.6123', '0.6322', '97.3 %', '0.00873', '17,321 images/s', '1:05 left', '51 %']) {
        expect(told[at]).toContain(number);
      }
    }
    expect(told.map((lines) => lines.split('\n').length)).toEqual([7, 4, 2, 1]);
    expect(`\n${told[1]}`).toMatchInlineSnapshot(`
      "
      epoch 1/5 ████████████░░░░░░░░░░░░  51 %
      loss 0.6123  mean 0.6322
      accuracy  97.3 %  rate 0.00873
      17,321 images/s  1:05 left"
    `);
  });

  test('in a file as one line, and in ASCII where there is no more', () => {
    expect(progressLine(position, now)).toBe(
      'epoch 1/5, step 120/235: loss 0.6123, mean 0.6322, accuracy 97.3 %, rate 0.00873, 17,321 images/s, 1:05 left',
    );
    expect(progressLines(position, now, 40, false)[0]).toBe('epoch 1/5 ############............  51 %');
  });

  test('a bar is full at the end', () => {
    expect(progressLines({ ...position, stepInEpoch: 235 }, now, 80)[0]).toContain(`${'█'.repeat(30)} 100 %`);
  });

  test.each([
    [0, '0 s'],
    [11.2, '12 s'],
    [185, '3:05'],
    [7205, '2:00:05'],
  ])('%s seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text));

  test('means are those of the last steps, and time does not run while something else is done', () => {
    let time = 0;
    const pace = new Pace(1000, 100, () => time);
    time = 500;
    expect(pace.step(4, 0.5, 100)).toEqual({
      loss: 4,
      meanLoss: 4,
      accuracy: 0.5,
      imagesPerSecond: 200,
      secondsLeft: 4,
    });
    time = 90_500;
    pace.resume();
    time = 91_000;
    const { meanLoss, imagesPerSecond, secondsLeft } = pace.step(2, 1, 100);
    expect(meanLoss).toBeCloseTo((0.98 * 4 + 2) / 1.98, 10);
    expect({ imagesPerSecond, secondsLeft }).toEqual({ imagesPerSecond: 200, secondsLeft: 3.5 });
  });
});

/** What a terminal shows, of the codes that are written here: up, erase to the end of row and screen. */
class FakeTerminal {
  columns = 30;
  rows: string[] = [''];
  #row = 0;

  write(text: string): void {
    for (const part of text.replaceAll('\u001B', '§').match(/§\[\d*[AJK]|\n|[^§\n]+/g) ?? []) {
      if (part.endsWith('A')) this.#row = Math.max(0, this.#row - Number(part.slice(2, -1)));
      else if (part === '§[J') this.rows = [...this.rows.slice(0, this.#row), ''];
      else if (part === '§[K') continue;
      else if (part === '\n') this.rows[++this.#row] ??= '';
      else this.rows[this.#row] = part;
    }
  }
}

describe('rows that are written over', () => {
  test('stay where they are, and leave nothing', () => {
    const terminal = new FakeTerminal();
    const live = new LiveLines(terminal);
    terminal.write('before\n');
    live.show(['one', 'two', 'three']);
    live.show(['four', 'five']);
    expect(terminal.rows).toEqual(['before', 'four', 'five', '']);
    live.clear();
    live.clear();
    terminal.write('after\n');
    expect(terminal.rows).toEqual(['before', 'after', '']);
  });

  test('count as many as they fill in a terminal that was made narrower', () => {
    const terminal = new FakeTerminal();
    const live = new LiveLines(terminal);
    live.show(['x'.repeat(25)]);
    terminal.columns = 10;
    let written = '';
    terminal.write = (text) => {
      written += text;
    };
    live.clear();
    expect(written).toBe('\u001B[3A\u001B[J');
  });

  test('show a display at once that has a terminal, and a line without one only now and then', () => {
    const terminal = new FakeTerminal();
    const lines: string[] = [];
    const displays = [new LiveLines(terminal), undefined].map(
      (live) => new ProgressDisplay((line) => lines.push(line), live),
    );
    const end = performance.now() + 100;
    while (performance.now() < end);
    for (const display of displays) display.update(position, now);
    expect(lines).toEqual([]);
    expect(terminal.rows.length).toBeGreaterThan(3);
    for (const row of terminal.rows) expect(row.length).toBeLessThan(30);
    for (const display of displays) display.clear();
    expect(terminal.rows).toEqual(['']);
  });
});

const classes = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const matrix = classes.map((_, right) =>
  classes.map((_, named) => (right === named ? 980 : right === 4 && named === 9 ? 12 : 0)),
);

describe('the layers of a net', () => {
  const told = summary(buildNet('fast', [1, 28, 28], 10, new Random(1)));

  test.each(widths)('fit into %i characters', (width) => {
    const lines = layerLines(told, width);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    expect(lines.at(-1)?.split(/ +/).slice(0, 2)).toEqual(['total', '108,938']);
  });

  test('leave out what has no room', () => {
    expect(layerLines(told, 40)[1]).toBe('conv1       [16, 24, 24]      416');
    expect(layerLines(told, 30)[1]).toBe('conv1           416');
    expect(layerLines(told, 200).join('\n')).toBe(String(told));
  });
});

describe('a confusion matrix', () => {
  test('has the counts where they have room', () => {
    const lines = matrixLines(matrix, classes, plain(80));
    expect(lines[1]).toBe('    0   1   2   3   4   5   6   7   8   9');
    expect(lines[6]).toBe('4   ·   ·   ·   · 980   ·   ·   ·   ·  12');
  });

  test('has one character for each where they have not', () => {
    const lines = matrixLines(matrix, classes, plain(20)).join('\n');
    expect(lines).toContain('\n4 ····#····+\n');
    expect(lines).toContain('0123456789');
    expect(lines.replaceAll('\n', ' ')).toContain('+ is 10 to 99, # is 100 or more');
  });

  test('is a list of the commonest confusions where there is no room at all', () => {
    const names = Array.from({ length: 47 }, (_, at) => `class ${at}`);
    const large = names.map((_, right) => names.map((_, named) => (named === right + 1 ? right : 0)));
    const lines = matrixLines(large, names, plain(40));
    expect(lines.slice(-10)[0]).toBe('45: class 45 named class 46');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
  });

  test('has colours, which change nothing else', () => {
    const coloured = matrixLines(matrix, classes, { ...plain(80), colourBits: 24 });
    expect(coloured.map(seen)).toEqual(matrixLines(matrix, classes, plain(80)));
    expect(coloured[6]).toContain('\u001B[38;2;64;160;96m 980\u001B[0m');
    expect(coloured[6]).toContain('48;2;220;20;30m  12');
  });
});

describe('a picture', () => {
  /** A bright square in the middle of a dark picture. */
  const picture: Picture = Array.from({ length: 8 }, (_, row) =>
    Array.from({ length: 8 }, (_, column) =>
      [row, column].every((at) => at >= 2 && at < 6) ? ([250, 250, 250] as const) : ([5, 5, 5] as const),
    ),
  );

  test('is dots without colours', () => {
    expect(pictureLines(picture, 4, plain(80))).toEqual(['⠀⣤⣤⠀', '⠀⠛⠛⠀']);
  });

  test('is characters of more or less ink in ASCII', () => {
    const ascii = { ...plain(80), isUnicode: false };
    expect(pictureLines(picture, 8, ascii)).toEqual(['        ', '  @@@@  ', '  @@@@  ', '        ']);
  });

  test('is two pixels a character with colours, in all of them or in the nearest of 256', () => {
    const [dark, bright] = ['2;5;5;5', '2;250;250;250'];
    const lines = pictureLines(picture, 8, { ...plain(80), colourBits: 24 });
    expect(lines[1]).toBe(
      `\u001B[38;${dark};48;${dark}m▀▀\u001B[0m\u001B[38;${bright};48;${bright}m▀▀▀▀\u001B[0m\u001B[38;${dark};48;${dark}m▀▀\u001B[0m`,
    );
    expect(pictureLines(picture, 8, { ...plain(80), colourBits: 8 })[1]).toContain('38;5;255;48;5;255m▀▀▀▀');
    const red: Picture = [[[255, 0, 0]], [[255, 0, 0]]];
    expect(pictureLines(red, 1, { ...plain(80), colourBits: 8 })).toEqual(['\u001B[38;5;196;48;5;196m▀\u001B[0m']);
  });

  test('is the mean of what it covers where it is drawn smaller', () => {
    const halves: Picture = Array.from({ length: 6 }, () => [
      [0, 0, 0],
      [90, 90, 90],
      [90, 90, 90],
    ]);
    const [line] = pictureLines(halves, 2, { ...plain(80), colourBits: 24 });
    expect(line).toContain('38;2;30;30;30');
    expect(line).toContain('38;2;90;90;90');
  });
});

describe('the end of a run', () => {
  const { test: digits } = builtInDigits({ train: 10, test: 20 });
  const worst = Array.from({ length: 12 }, (_, index) => ({
    index,
    right: digits.labels.get(index),
    named: 7,
    probability: 0.876,
    probabilityOfRight: 0.01,
    loss: 4,
  }));
  const examination: Examination = {
    ...{ count: 9812, accuracy: 9800 / 9812, loss: 0.1, matrix, worst, wrong: 12 },
    ...{ confidences: [], calibrationError: 0 },
  };

  test.each(widths.flatMap((width) => [1, 8, 24].map((colourBits) => ({ width, colourBits, isUnicode: true }))))(
    'fits: %j',
    (screen) => {
      const lines = endingLines(examination, digits, screen);
      for (const line of lines) expect(seen(line).length).toBeLessThanOrEqual(screen.width);
      const text = lines.join('\n');
      expect(text.includes('\u001B')).toBe(screen.colourBits > 1);
      expect(seen(text).replaceAll('\n', ' ')).toContain('9800 of 9812 test images right, 12 wrong:');
      expect(text.match(/88 % sure/g)).toHaveLength(
        { 20: 2, 40: 4, 80: screen.colourBits > 1 ? 8 : 10, 200: 10 }[screen.width] ?? 0,
      );
      expect(text).toMatch(screen.colourBits > 1 ? /▀/ : /[⠁-⣿]/);
    },
  );

  test('without errors has no pictures', () => {
    const lines = endingLines({ ...examination, worst: [], wrong: 0 }, digits, plain(80));
    expect(lines.at(-1)).toMatch(/^9 .* 980$/);
  });
});

describe('what an output can show', () => {
  const terminal = { isTTY: true, columns: 132, getColorDepth: () => 24 };

  test('on a terminal, with and without NO_COLOR', () => {
    expect(screenOf(terminal, {})).toEqual({ width: 132, colourBits: 24, isUnicode: true });
    expect(screenOf(terminal, { NO_COLOR: '' }).colourBits).toBe(24);
    expect(screenOf(terminal, { NO_COLOR: '1' }).colourBits).toBe(1);
    expect(screenOf(terminal, { TERM: 'linux' }).isUnicode).toBe(false);
  });

  test('in a pipe or a file: no colours, and the usual width', () => {
    expect(screenOf({}, {})).toEqual({ width: 80, colourBits: 1, isUnicode: true });
    expect(screenOf({}, { COLUMNS: '100' }).width).toBe(100);
  });
});
