import type { Cost } from './costs/cost.ts';
import type { Fields, NamedMove } from './fields.ts';
import type { Description } from './layers/description.ts';
import type { PlacedLayer } from './placed.ts';
import type { LayerWindow } from './windows/axisMove.ts';
import { fieldOf } from './windows/receptiveField.ts';
import { type Working, written } from './working.ts';

/** How a number of a summary comes about. */
export interface Explanation {
  /** `height`, `receptive field`, `parameters`. */
  readonly quantity: string;
  /** `(r − 1)·s + d·(k − 1) + 1` */
  readonly formula: string;
  /** The formula with the numbers put in, a line for each step: `(1 − 1)·2 + 1·(5 − 1) + 1 = 5`. */
  readonly steps: readonly string[];
}

/** What the letters of the formulas stand for. */
export const legend = [
  'n length, k kernel, s stride, d dilation, p padding (q behind, if other than before), m cells, r receptive field, j jump,',
  'start the centre of the first field; ₋₁ of the layer before; all counts are for one input',
].join('\n');

/** All calculations behind one row. */
export function explain(
  placed: PlacedLayer,
  { window = 'position', cost = {} }: Description,
  fields: Fields | undefined,
): Explanation[] {
  return [...explainWindow(placed, window, fields), ...explainCost(placed, cost)];
}

function explainWindow({ name, inputShape }: PlacedLayer, window: LayerWindow, fields?: Fields): Explanation[] {
  const lengths =
    typeof window === 'string' ? [] : window.map((move, at) => one(move.axis, move.outLength(inputShape[1 + at])));
  if (!fields || window === 'position') return lengths;
  const axes =
    typeof window === 'string' ? fields.paths.map((_, at) => `axis ${at + 1}`) : window.map(({ axis }) => axis);
  const found = fields.paths.map((path) => explainField(name, path, fields.hasAxes));
  // What is the same along all axes is said once.
  const isSame = found.every((each) => JSON.stringify(each) === JSON.stringify(found[0]));
  if (isSame) return [...lengths, ...(found[0] ?? [])];
  const named = found.flatMap((each, at) =>
    each.map((explanation) => ({ ...explanation, quantity: `${explanation.quantity}, ${axes[at]}` })),
  );
  return [...lengths, ...named];
}

/** From one output back through the layers to the input; jump and start from the input forwards, the last step. */
function explainField(name: string, path: readonly NamedMove[], hasAxes: boolean): Explanation[] {
  const { move } = path[path.length - 1];
  let field = 1;
  const steps = path.toReversed().map(({ layer, move }) => {
    const working = move.fieldBefore(field);
    field = working.value;
    return `${layer === name ? '' : `${layer}: `}${line(working)}`;
  });
  const size = { quantity: 'receptive field', formula: move.fieldBefore(1).formula, steps };
  if (!hasAxes) return [size];
  const before = fieldOf(path.slice(0, -1).map(({ move }) => move));
  return [size, one('jump', move.jump(before.jump)), one('start', move.start(before.start, before.jump))];
}

function explainCost({ parameters }: PlacedLayer, cost: Cost): Explanation[] {
  const sizes = parameters.map(({ size }) => size);
  const summed = {
    formula: parameters.map(({ name }) => name.slice(name.indexOf('.') + 1)).join(' + '),
    numbers: parameters.map(({ shape }) => shape.join('·') || '1').join(' + '),
    value: sizes.reduce((total, size) => total + size, 0),
  };
  return [
    ...(sizes.length > 0 ? [one('parameters', cost.parameters ?? summed)] : []),
    ...(cost.multiplyAccumulates ? [one('multiply-accumulates (MACs)', cost.multiplyAccumulates)] : []),
    ...(cost.flops ? [one('FLOPs', cost.flops)] : []),
    ...(cost.comparisons ? [one('comparisons', cost.comparisons)] : []),
    ...(cost.evaluations ? [one('evaluations', cost.evaluations)] : []),
  ];
}

function one(quantity: string, working: Working): Explanation {
  return { quantity, formula: working.formula, steps: [line(working)] };
}

/** `8·25 + 8 = 208`; a number that needs no calculation stands by itself. */
function line({ numbers, value }: Working): string {
  return numbers === `${value}` ? numbers : `${numbers} = ${written(value)}`;
}
