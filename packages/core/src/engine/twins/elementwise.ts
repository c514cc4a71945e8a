import { launch, readable, writable } from '../launch.ts';
import { atLeast, atMost } from './rounding.ts';

/*
 * How many numbers are one piece of work, of 10 to 30 microseconds: of those that cost as much as their way to memory,
 * and of those that cost ten times as much.
 */
const cheap = 32_768;
const costly = 8_192;

type OfOne = (x: Float32Array, y: Float32Array, length: number) => void;
type OfTwo = (x: Float32Array, y: Float32Array, z: Float32Array, length: number) => void;

function ofOne(routine: string, grain: number): OfOne {
  return (x, y, length) => launch(routine, length, grain, readable(x), writable(y));
}

function ofTwo(routine: string): OfTwo {
  return (x, y, z, length) => launch(routine, length, cheap, readable(x), readable(y), writable(z));
}

export const add: OfTwo = ofTwo('add');
export const subtract: OfTwo = ofTwo('subtract');
export const multiply: OfTwo = ofTwo('multiply');
export const divide: OfTwo = ofTwo('divide');
export const multiplyCotangent: OfTwo = ofTwo('multiplyCotangent');
export const divideCotangent: OfTwo = ofTwo('divideCotangent');
export const maximum: OfTwo = ofTwo('maximum');
export const minimum: OfTwo = ofTwo('minimum');
export const greaterShare: OfTwo = ofTwo('greaterShare');
export const equal: OfTwo = ofTwo('equal');
export const greater: OfTwo = ofTwo('greater');
export const greaterOrEqual: OfTwo = ofTwo('greaterOrEqual');
export const reluGradient: OfTwo = ofTwo('reluGradient');

export function pow(x: Float32Array, y: Float32Array, z: Float32Array, length: number): void {
  launch('pow', length, costly, readable(x), readable(y), writable(z));
}

export const negate: OfOne = ofOne('negate', cheap);
export const abs: OfOne = ofOne('abs', cheap);
export const sign: OfOne = ofOne('sign', cheap);
export const sqrt: OfOne = ofOne('sqrt', cheap);
export const relu: OfOne = ofOne('relu', cheap);
export const exp: OfOne = ofOne('exp', costly);
export const log: OfOne = ofOne('log', costly);
export const tanh: OfOne = ofOne('tanh', costly);
export const sigmoid: OfOne = ofOne('sigmoid', costly);

export function where(
  condition: Float32Array,
  x: Float32Array,
  y: Float32Array,
  w: Float32Array,
  length: number,
): void {
  launch('where', length, cheap, readable(condition), readable(x), readable(y), writable(w));
}

export function clamp(x: Float32Array, y: Float32Array, length: number, low: number, high: number): void {
  // To round the bounds and then to choose is to choose and then to round: rounding keeps the order of numbers.
  launch('clamp', length, cheap, readable(x), writable(y), Math.fround(low), Math.fround(high));
}

export function within(x: Float32Array, y: Float32Array, length: number, low: number, high: number): void {
  launch('within', length, cheap, readable(x), writable(y), atLeast(low), atMost(high));
}
