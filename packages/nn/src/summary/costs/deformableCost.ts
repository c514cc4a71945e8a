import { sizeOf } from '@tapegrad/core/authors';
import type { ConvolutionForm } from './convolutionCost.ts';
import type { Cost } from './cost.ts';

export interface DeformableForm extends ConvolutionForm {
  /** Default: 1. */
  readonly offsetGroups?: number;
  /** Default: false. */
  readonly modulated?: boolean;
}

/**
 * multiply-accumulates = out·positions·(in/groups)·kernel + offsets·positions·in·kernel + 4·samples
 * FLOPs = 2·MACs + out·positions + offsets·positions, modulated + samples
 *
 * with positions = outHeight·outWidth, kernel = kernelHeight·kernelWidth, samples = in·kernel·positions and offsets = 2·kernel, modulated
 * 3·kernel, for each group of offsets: the convolution itself, the one that makes the offsets, and the four neighbours that
 * are weighed for each number read between pixels. Which neighbours these are, and their weights, is not counted; the mask
 * is multiplied with what was read, and its sigmoid is an evaluation.
 */
export function deformableCost(form: DeformableForm, outLengths: readonly number[]): Cost {
  const { inChannels, outChannels, groups = 1, bias = true, offsetGroups = 1, modulated = false } = form;
  const [kernel, positions] = [sizeOf(form.kernel), sizeOf(outLengths)];
  const offsets = (modulated ? 3 : 2) * kernel * offsetGroups;
  const samples = inChannels * kernel * positions;
  const weights = outChannels * (inChannels / groups) * kernel;
  const multiplyAccumulates = weights * positions + offsets * positions * inChannels * kernel + 4 * samples;
  const terms = [
    ['2·MACs', 2 * multiplyAccumulates],
    ...(bias ? [['out·positions', outChannels * positions] as const] : []),
    ['offsets·positions', offsets * positions],
    ...(modulated ? [['samples', samples] as const] : []),
  ] as const;
  return {
    parameters: {
      formula: `out·(in/groups)·kernel${bias ? ' + out' : ''} + offsets·in·kernel + offsets`,
      numbers: `${outChannels}·(${inChannels}/${groups})·${kernel}${bias ? ` + ${outChannels}` : ''} + ${offsets}·${inChannels}·${kernel} + ${offsets}`,
      value: weights + (bias ? outChannels : 0) + offsets * inChannels * kernel + offsets,
    },
    multiplyAccumulates: {
      formula: 'out·positions·(in/groups)·kernel + offsets·positions·in·kernel + 4·samples',
      numbers: `${outChannels}·${positions}·(${inChannels}/${groups})·${kernel} + ${offsets}·${positions}·${inChannels}·${kernel} + 4·${samples}`,
      value: multiplyAccumulates,
    },
    flops: {
      formula: terms.map(([name]) => name).join(' + '),
      numbers: terms.map(([name, value]) => (name === '2·MACs' ? `2·${multiplyAccumulates}` : value)).join(' + '),
      value: terms.reduce((total, [, value]) => total + value, 0),
    },
    ...(modulated && {
      evaluations: {
        formula: 'offsetGroups·kernel·positions',
        numbers: `${offsetGroups}·${kernel}·${positions}`,
        value: offsetGroups * kernel * positions,
      },
    }),
  };
}
