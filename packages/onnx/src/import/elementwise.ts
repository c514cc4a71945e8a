import { Elementwise, type ElementwiseOperation } from '@tapegrad/nn';
import { affine, beside } from './constants.ts';
import { recipe, type Translate } from './translate.ts';

const of =
  (operation: ElementwiseOperation): Translate =>
  () =>
    recipe(() => new Elementwise({ operation }));

/** Functions of each element by itself that are no activations, by operation. */
export const elementwise: Readonly<Record<string, Translate>> = {
  Abs: of('abs'),
  Erf: of('erf'),
  Exp: of('exp'),
  Log: of('log'),
  Neg: of('negate'),
  Reciprocal: of('reciprocal'),
  Sign: of('sign'),
  Sqrt: of('sqrt'),
  'scaled and shifted': (translation) => {
    const { node } = translation;
    const [weight, bias] = ['weight', 'bias'].map((role) => beside(translation, node.roles?.constants.get(role) ?? ''));
    return affine(translation, weight, { weight: weight.numbers, bias: bias.numbers });
  },
};
