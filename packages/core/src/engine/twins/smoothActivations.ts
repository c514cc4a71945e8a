import { launch, readable, writable } from '../launch.ts';

/** How many numbers are one piece of work, of some 10 microseconds. */
const grain = 8_192;

type OfOne = (x: Float32Array, y: Float32Array, length: number) => void;

function ofOne(routine: string): OfOne {
  return (x, y, length) => launch(routine, length, grain, readable(x), writable(y));
}

export const erf: OfOne = ofOne('erf');
export const gelu: OfOne = ofOne('gelu');
export const geluSlope: OfOne = ofOne('geluSlope');
export const geluTanh: OfOne = ofOne('geluTanh');
export const geluTanhSlope: OfOne = ofOne('geluTanhSlope');
export const mish: OfOne = ofOne('mish');
export const mishSlope: OfOne = ofOne('mishSlope');
export const normalDensity: OfOne = ofOne('normalDensity');
