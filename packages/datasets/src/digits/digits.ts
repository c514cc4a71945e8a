import { Random, ValueError } from '@tapegrad/core';
import { allocate, checkOptions, checkSurplus, ndarrayOf, type OptionNames } from '@tapegrad/core/authors';
import type { ImageDataset, TrainTest } from '../dataset/dataset.ts';
import { digitClasses } from './digitClasses.ts';
import { glyphs } from './glyphs.ts';
import { drawHand } from './hand.ts';
import { layOnPage } from './page.ts';
import { drawInk } from './pen.ts';
import { flatten } from './strokes.ts';

/** Which digits {@link drawDigits} draws. */
export interface DrawDigitsOptions {
  /** How many. Each of the ten digits comes equally often, but for a remainder. */
  readonly count: number;
  /** The stream of random numbers to draw with, or a seed for one. Default: seed 1. */
  readonly random?: Random;
  readonly seed?: number;
  /** What the dataset is called. Default: `drawn digits`. */
  readonly name?: string;
}

const drawDigitsOptions: OptionNames<DrawDigitsOptions> = {
  count: 'required',
  random: 'optional',
  seed: 'optional',
  name: 'optional',
};

/** Width and height of the pictures in pixels. */
const size = 28;

/**
 * Digits that look written by many hands, white on black and 28 × 28 as in MNIST, in random order.
 *
 * Each is made of pen strokes: one of several ways to write the digit, its points trembling, with random scale, slant,
 * tilt, thickness, pressure, shift and noise. The same seed gives the same pixels on every machine.
 *
 * @returns images of shape [count, 1, 28, 28], labels of shape [count]
 * @example drawDigits({ count: 5, random: new Random(1) }).labels.size // 5
 * @throws ValueError when `count` is not a whole number of at least 0
 * @throws OutOfMemoryError when no array can hold so many
 */
export function drawDigits(options: DrawDigitsOptions, ...surplus: []): ImageDataset {
  checkSurplus('drawDigits', surplus);
  const {
    count,
    seed = 1,
    random = new Random(seed),
    name = 'drawn digits',
  } = checkOptions('drawDigits', options, drawDigitsOptions);
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new ValueError({
      operation: 'drawDigits',
      got: `count is ${count}`,
      wanted: 'a whole number of at least 0',
      remedy: 'Pass a count such as 1000',
    });
  }
  const images = allocate(Uint8Array, count * size * size);
  const labels = Uint8Array.from(random.permutation(count), (position) => position % 10);
  for (let index = 0; index < count; index++) {
    drawDigit(images.subarray(index * size * size, (index + 1) * size * size), labels[index], random);
  }
  return {
    name,
    images: ndarrayOf(images, [count, 1, size, size]),
    labels: ndarrayOf(labels, [count]),
    classes: digitClasses,
  };
}

/** How many digits {@link builtInDigits} draws, and from which seed. */
export interface BuiltInDigitsOptions {
  /** Default: 1. */
  readonly seed?: number;
  /** Digits to learn from. Default: 12,000. */
  readonly train?: number;
  /** Digits to be tested on. Default: 2,000. */
  readonly test?: number;
}

const builtInDigitsOptions: OptionNames<BuiltInDigitsOptions> = {
  seed: 'optional',
  train: 'optional',
  test: 'optional',
};

/**
 * Drawn digits to learn from and others to be tested on: what stands in where MNIST cannot be had.
 *
 * @example builtInDigits({ train: 100, test: 10 }).train.images.shape // [100, 1, 28, 28]
 * @throws ValueError when a number of digits or the seed is out of range
 */
export function builtInDigits(options: BuiltInDigitsOptions = {}, ...surplus: []): TrainTest {
  checkSurplus('builtInDigits', surplus);
  // Two streams of their own, so that neither half depends on the size of the other.
  const { seed = 1, train = 12_000, test = 2_000 } = checkOptions('builtInDigits', options, builtInDigitsOptions);
  const seeds = new Random(seed);
  const [trainSeed, testSeed] = [seeds.bits(), seeds.bits()];
  return {
    train: drawDigits({ count: train, seed: trainSeed, name: 'drawn digits train' }),
    test: drawDigits({ count: test, seed: testSeed, name: 'drawn digits test' }),
    origin: `Digits drawn by tapegrad itself, not MNIST: ${train} to learn from and ${test} to be tested on, seed ${seed}.`,
    builtIn: true,
  };
}

function drawDigit(pixels: Uint8Array, digit: number, random: Random): void {
  const ways = glyphs[digit];
  const hand = drawHand(random);
  const strokes = ways[random.integer(ways.length)].map(({ kind, points }) => ({
    kind,
    points: points.map(hand.draw),
  }));
  const picture = new Float32Array(size * size);
  for (const points of layOnPage(strokes.map(flatten), size, random)) {
    // The pen presses harder here and lighter there.
    const startRadius = hand.radius * random.uniform(0.85, 1.15);
    const endRadius = hand.radius * random.uniform(0.7, 1.15);
    drawInk(picture, size, { points, startRadius, endRadius });
  }
  addNoise(pixels, picture, random);
}

/** Turns ink into pixels: paler ink for some, grain within it, and a faint noise over the page for some. */
function addNoise(pixels: Uint8Array, picture: Float32Array, random: Random): void {
  const ink = 255 * random.uniform(0.8, 1);
  const grain = 255 * random.uniform(0, 0.16);
  const page = 255 * Math.max(0, random.uniform(-0.06, 0.06));
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const bits = random.bits();
    // The difference of two 16-bit halves: between -1 and 1, and more often near 0.
    const noise = ((bits >>> 16) - (bits & 0xffff)) / 0x10000;
    const value = picture[pixel] * (ink + grain * noise) + page * noise;
    pixels[pixel] = Math.max(0, Math.min(255, Math.round(value)));
  }
}
