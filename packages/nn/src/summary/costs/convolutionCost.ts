import { checkGroups, checkSurplus } from '@tapegrad/core/authors';
import { product, type Working } from '../working.ts';
import { type Cost, doubled } from './cost.ts';

export interface ConvolutionForm {
  readonly inChannels: number;
  readonly outChannels: number;
  /** The size of the kernel along each spatial axis: `[5, 5]`. */
  readonly kernel: readonly number[];
  /** Default: 1. */
  readonly groups?: number;
  /** Default: true. */
  readonly bias?: boolean;
}

/**
 * parameters = out·(in/groups)·kernelHeight·kernelWidth + out
 *
 * Each of the out filters looks at the channels of its group, through a kernel for each of them, and has a bias. Transposed,
 * the number is the same.
 *
 * @throws ValueError when the groups do not divide the channels
 * @example
 * convolutionParameters({ inChannels: 1, outChannels: 8, kernel: [5, 5] }).value; // 208
 */
export function convolutionParameters(form: ConvolutionForm, ...surplus: []): Working {
  checkSurplus('convolutionParameters', surplus);
  const { inChannels, outChannels, kernel, groups = 1, bias = true } = form;
  checkGroups('convolutionParameters', inChannels, outChannels, groups);
  const names = axisNames(kernel.length).map((axis) => `kernel${axis}`);
  return {
    formula: ['out·(in/groups)', ...names].join('·') + (bias ? ' + out' : ''),
    numbers: [`${outChannels}·(${inChannels}/${groups})`, ...kernel].join('·') + (bias ? ` + ${outChannels}` : ''),
    value: outChannels * perOutput(form) + (bias ? outChannels : 0),
  };
}

/**
 * multiply-accumulates = out·outHeight·outWidth·(in/groups)·kernelHeight·kernelWidth, FLOPs = 2·MACs + out·outHeight·outWidth
 *
 * Each output is a sum of products over a window and the channels of its group; then comes the bias.
 */
export function convolutionCost(form: ConvolutionForm, outLengths: readonly number[]): Cost {
  const { inChannels, outChannels, kernel, groups = 1 } = form;
  const axes = axisNames(kernel.length);
  const multiplyAccumulates = {
    formula: ['out', ...axes.map((axis) => `out${axis}`), '(in/groups)', ...axes.map((axis) => `kernel${axis}`)].join(
      '·',
    ),
    numbers: [outChannels, ...outLengths, `(${inChannels}/${groups})`, ...kernel].join('·'),
    value: product('', [outChannels, ...outLengths]).value * perOutput(form),
  };
  return withBias(form, outLengths, multiplyAccumulates);
}

/**
 * multiply-accumulates = in·height·width·(out/groups)·kernelHeight·kernelWidth, FLOPs = 2·MACs + out·outHeight·outWidth
 *
 * Each input is spread over the window, once for each output channel of its group. What falls on the padding counts too.
 */
export function transposedCost(form: ConvolutionForm, lengths: readonly number[], outLengths: readonly number[]): Cost {
  const { inChannels, outChannels, kernel, groups = 1 } = form;
  const axes = axisNames(kernel.length);
  const multiplyAccumulates = {
    formula: ['in', ...axes.map(lowered), '(out/groups)', ...axes.map((axis) => `kernel${axis}`)].join('·'),
    numbers: [inChannels, ...lengths, `(${outChannels}/${groups})`, ...kernel].join('·'),
    value: product('', [...lengths, outChannels]).value * perOutput(form),
  };
  return withBias(form, outLengths, multiplyAccumulates);
}

function withBias(form: ConvolutionForm, outLengths: readonly number[], multiplyAccumulates: Working): Cost {
  const { outChannels, bias = true } = form;
  const outputs = ['out', ...axisNames(outLengths.length).map((axis) => `out${axis}`)].join('·');
  const added = bias ? [product(outputs, [outChannels, ...outLengths])] : [];
  return {
    parameters: convolutionParameters(form),
    multiplyAccumulates,
    flops: doubled(multiplyAccumulates, ...added),
  };
}

/** The weights behind one output. */
function perOutput({ inChannels, kernel, groups = 1 }: ConvolutionForm): number {
  return (inChannels / groups) * product('', kernel).value;
}

function axisNames(count: number): string[] {
  return count === 1 ? ['Length'] : ['Depth', 'Height', 'Width'].slice(-count);
}

function lowered(name: string): string {
  return name.toLowerCase();
}
