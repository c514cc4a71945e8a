import { reshape, transpose } from '@tapegrad/core';
import { sizeOf } from '@tapegrad/core/authors';
import { Dense, Einsum, Permute, Reshape } from '@tapegrad/nn';
import { OnnxError } from '../errors.ts';
import { joined } from './arithmetic.ts';
import { recipe, type Step, type Translate, type Translation } from './translate.ts';

/** Sums over letters, by operation. */
export const einsums: Readonly<Record<string, Translate>> = {
  Einsum: (translation) => {
    const { node, attributes, data } = translation;
    const equation = spelt(attributes.letters('equation').replace(/\s/g, ''), translation);
    const terms = /^[A-Za-z]+(,[A-Za-z]+)*->[A-Za-z]+$/.test(equation) ? equation.split(/,|->/) : [];
    if (terms.length !== node.inputs.length + 1) throw unreadable(translation, equation);
    if (data.length === node.inputs.length) return joined(translation, () => new Einsum({ equation }));
    if (data.length > 1 || node.inputs.length !== 2) throw unreadable(translation, equation);
    return weighted(translation, terms, equation);
  },
};

/** An equation whose dots are letters: as many as the first value has axes that no letter names, for values alone. */
function spelt(equation: string, { node, data }: Translation): string {
  const terms = equation.split(/,|->/);
  const free = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter((letter) => !equation.includes(letter));
  const counts = data.flatMap(({ index, shape }) =>
    terms[index]?.includes('...') ? [shape.length + 1 - (terms[index].length - 3)] : [],
  );
  const [count = 0] = counts;
  const areOfValues = node.inputs.every(
    (_, at) => !terms[at]?.includes('...') || data.some(({ index }) => index === at),
  );
  const isKnown = areOfValues && count >= 1 && count <= 8 && counts.every((each) => each === count);
  return isKnown ? equation.replaceAll('...', free.slice(0, count).join('')) : equation;
}

/**
 * A sum of products with a weight that stands in the file: axes that are summed over brought to the end and made one, a dense layer,
 * and the axes in the order that is wanted. `bchw,oc->bohw` is a convolution of 1 × 1, `bi,oi->bo` a dense layer.
 */
function weighted(translation: Translation, terms: readonly string[], equation: string): readonly Step[] {
  const { node, data, inputShape, shelf } = translation;
  const [{ index }] = data;
  const [given, weight, output] = [terms[index], terms[1 - index], terms[2]];
  const [batch, ...letters] = given;
  const summed = letters.filter((letter) => weight.includes(letter) && !output.includes(letter));
  const kept = letters.filter((letter) => !weight.includes(letter) && output.includes(letter));
  const made = [...weight].filter((letter) => !given.includes(letter) && output.includes(letter));
  const isWhole =
    output[0] === batch &&
    !weight.includes(batch) &&
    summed.length + kept.length === letters.length &&
    summed.length + made.length === weight.length &&
    [given, weight, output].every((term) => new Set(term).size === term.length) &&
    output.length === 1 + kept.length + made.length;
  const constant = shelf.constant(node.label, node.inputs[1 - index], 'weight');
  if (!isWhole || letters.length !== inputShape.length || constant.shape.length !== weight.length) {
    throw unreadable(translation, equation);
  }
  const lengths = new Map(letters.map((letter, at) => [letter, inputShape[at]]));
  [...weight].forEach((letter, at) => {
    if (made.includes(letter)) lengths.set(letter, constant.shape[at]);
    else if (lengths.get(letter) !== constant.shape[at]) throw unreadable(translation, equation);
  });
  const shapeOf = (names: readonly string[]): number[] => names.map((letter) => lengths.get(letter) ?? 1);
  const inner = [...kept, ...summed];
  const outFeatures = sizeOf(shapeOf(made));
  const order = [...made, ...summed].map((letter) => weight.indexOf(letter));
  const matrix = reshape(transpose(shelf.weight(node.label, constant), order), [outFeatures, -1]);
  const rows = [...shapeOf(kept), sizeOf(shapeOf(summed))];
  return [
    ...permuted(letters, inner),
    recipe(() => new Reshape({ shape: rows })),
    recipe(() => new Dense({ outFeatures, bias: false, lastAxis: true, initialiser: () => matrix }), {
      weight: matrix,
    }),
    recipe(() => new Reshape({ shape: [...shapeOf(kept), ...shapeOf(made)] })),
    ...permuted([...kept, ...made], [...output].slice(1)),
  ];
}

/** Axes from one order into another, behind the batch axis. */
function permuted(from: readonly string[], to: readonly string[]): readonly Step[] {
  const order = [0, ...to.map((letter) => 1 + from.indexOf(letter))];
  return order.every((axis, at) => axis === at) ? [] : [recipe(() => new Permute({ order }))];
}

function unreadable({ node }: Translation, equation: string): OnnxError {
  return new OnnxError({
    operation: node.label,
    got: `the equation ${JSON.stringify(equation.slice(0, 40))}`,
    wanted: 'letters with the batch in front, of values, or of one value and a weight: bij,bjk->bik, bi,oi->bo',
    remedy: 'Write it as products of matrices before the export',
  });
}
