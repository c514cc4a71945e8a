import type { View } from './compute/view.ts';

/** One kernel: from which input channel to which output channel, and its numbers row by row. */
export interface Kernel {
  readonly from: number;
  readonly to: number;
  readonly numbers: readonly number[];
}

/** The kernels by which the number looked at is linked: those into its channel, or those out of it. */
export function kernelsOf({ picture, look }: View): Kernel[] {
  const { form, weight } = picture;
  const [inEach, outEach] = [form.in / form.groups, form.out / form.groups];
  const channel = look.at[0];
  const group = Math.floor(channel / (look.side === 'output' ? outEach : inEach));
  const area = form.kernel ** 2;
  const others = Array.from(
    { length: look.side === 'output' ? inEach : outEach },
    (_, at) => group * (look.side === 'output' ? inEach : outEach) + at,
  );
  return others.map((other) => {
    const [from, to] = look.side === 'output' ? [other, channel] : [channel, other];
    // The second axis of a weight holds the channels of one group alone.
    const [first, second] = form.operation === 'transposed' ? [from, to % outEach] : [to, from % inEach];
    const start = (first * weight.shape[1] + second) * area;
    return { from, to, numbers: weight.numbers.slice(start, start + area) };
  });
}
