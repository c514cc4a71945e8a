import type { Explanation } from '@tapegrad/nn';
import { apply, type LayerForm, numbersOf, padded, summaryOf } from './layer.ts';
import { cotangentOf } from './look.ts';

/** Numbers in channels, rows and columns. */
export interface Planes {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly numbers: readonly number[];
}

/** A point at which a deformable convolution reads, in pixels of the input; (0, 0) is the middle of its first number. */
export interface Sample {
  readonly down: number;
  readonly across: number;
  /** How far it was moved from where a plain convolution reads. */
  readonly offset: readonly [down: number, across: number];
}

/** A layer at work, as it is drawn. */
export interface Picture {
  readonly form: LayerForm;
  readonly input: Planes;
  readonly output: Planes;
  /** What comes in from the right on the way back: ∂L/∂y. */
  readonly cotangent: Planes;
  /** `[out][in / groups]`, or transposed `[in][out / groups]`, of kernels. */
  readonly weight: { readonly shape: readonly number[]; readonly numbers: readonly number[] };
  readonly bias: readonly number[];
  /** For each output position, row by row, the points under each tap of the kernel; none where nothing is deformed. */
  readonly samples: readonly (readonly Sample[])[];
  readonly explanations: readonly Explanation[];
  readonly counts: { readonly parameters: number; readonly multiplyAccumulates: number; readonly flops: number };
}

/**
 * The layer at work.
 *
 * @throws ValueError or ShapeError of the library, where the form does not fit together
 */
export function pictureOf(form: LayerForm): Picture {
  const [row] = summaryOf(form).rows;
  const [channels, height, width] = row.outputShape;
  const numbers = numbersOf(form, row.outputShape);
  const y = apply(form, padded(form, numbers.x), numbers);
  const output = { channels, height, width };
  return {
    form,
    input: { channels: form.in, height: form.size, width: form.size, numbers: Array.from(numbers.x.read()) },
    output: { ...output, numbers: Array.from(y.read()) },
    cotangent: { ...output, numbers: Array.from(cotangentOf(form, y.shape).read()) },
    weight: { shape: numbers.weight.shape, numbers: Array.from(numbers.weight.read()) },
    bias: Array.from(numbers.bias.read()),
    samples: numbers.offset ? samplesOf(form, height, width, numbers.offset.read()) : [],
    explanations: row.explanations,
    counts: { parameters: row.parameters, multiplyAccumulates: row.multiplyAccumulates, flops: row.flops },
  };
}

/** Where each tap of the kernel reads: at r·s + i·d − p + Δ, as `deformConv2d` says. */
function samplesOf(form: LayerForm, height: number, width: number, offsets: ArrayLike<number>): Sample[][] {
  const { kernel, stride, dilation, padding } = form;
  const positions = height * width;
  return Array.from({ length: positions }, (_, output) =>
    Array.from({ length: kernel * kernel }, (_, tap) => {
      const offset = [offsets[2 * tap * positions + output], offsets[(2 * tap + 1) * positions + output]] as const;
      return {
        down: Math.floor(output / width) * stride + Math.floor(tap / kernel) * dilation - padding + offset[0],
        across: (output % width) * stride + (tap % kernel) * dilation - padding + offset[1],
        offset,
      };
    }),
  );
}
