import { l1Penalty, l2Penalty } from '@tapegrad/nn';
import { type InputForm, type LossForm, lossForm } from './loss.ts';
import { number } from './options.ts';

const parameters: { weight: InputForm; bias: InputForm } = {
  weight: { description: 'the weights of a layer', example: '0.5,-1;2,0' },
  bias: { description: 'its bias, of any shape', example: '0.1,-0.3' },
};

const factor = (): ReturnType<typeof number> => number('how much it counts beside the loss; at least 0', 0.01);

/** Terms that are added to a loss and hold the parameters small. */
export const penalties: readonly LossForm[] = [
  lossForm({
    name: 'l1-penalty',
    computedBy: 'l1Penalty',
    title: 'L1 penalty',
    formula: 'penalty = factor·Σ |w|, over all numbers of all parameters',
    gradient: '∂penalty/∂w = factor·sign(w), 0 at the kink',
    inputs: parameters,
    options: { factor: factor() },
    compute: ({ weight, bias }, { factor }) => l1Penalty([weight, bias], { factor }),
  }),
  lossForm({
    name: 'l2-penalty',
    computedBy: 'l2Penalty',
    title: 'L2 penalty',
    formula: 'penalty = factor·Σ w², over all numbers of all parameters',
    gradient: '∂penalty/∂w = 2·factor·w',
    inputs: parameters,
    options: { factor: factor() },
    compute: ({ weight, bias }, { factor }) => l2Penalty([weight, bias], { factor }),
  }),
];
