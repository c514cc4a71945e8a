import {
  areAlike,
  isAddedToChannels,
  isAddedToFeatures,
  isColumn,
  isOneInFront,
  isThereAndBack,
  isWayBack,
  isWrapped,
  isZeroPadding,
} from './conditions.ts';
import { type Condition, type OperationPattern, operation, type Pattern } from './pattern.ts';

/** Several nodes that are one layer. */
export interface Fusion {
  /** What to call them together; an operation of ONNX, or the name of a layer. */
  readonly op: string;
  readonly pattern: OperationPattern;
  /** What else must be true. Default: nothing. */
  readonly when?: Condition;
}

const number = (value: number): Pattern => ({ number: value });
const constant = (name: string): Pattern => ({ constant: name });
const [half, one] = [number(0.5), number(1)];
const squareRoot = number(Math.SQRT2);

const gate = operation('Add', [operation('Erf', [operation('Div', ['x', squareRoot])]), one]);
const gateOfProduct = operation('Add', [
  operation('Erf', [operation('Mul', ['x', number(Math.SQRT1_2)], 'scaled')]),
  one,
]);
const cube = operation('Mul', ['x', operation('Mul', ['x', 'x'], 'square')], 'cube');
const power = operation('Pow', ['x', number(3)]);
const bent = (cubed: Pattern): Pattern =>
  operation(
    'Add',
    [
      one,
      operation('Tanh', [
        operation(
          'Mul',
          [
            number(Math.sqrt(2 / Math.PI)),
            operation('Add', ['x', operation('Mul', [number(0.044715), cubed], 'bent')], 'sum'),
          ],
          'inner',
        ),
      ]),
    ],
    'gate',
  );

/** ½·x·gate, in the three orders in which it can be multiplied. */
const halved = (open: Pattern): OperationPattern[] => [
  operation('Mul', [operation('Mul', ['x', open], 'product'), half], 'halved'),
  operation('Mul', [operation('Mul', ['x', half], 'halved'), open], 'product'),
  operation('Mul', ['x', operation('Mul', [half, open], 'halved')], 'product'),
];

const rows = operation('Reshape', ['x', constant('rows')], 'rows');
const eachGroup = operation('InstanceNormalization', [rows, constant('ones'), constant('zeros')]);

/** Back from groups to channels; the shape may be worked out from that of x, which is looked at when the layer is made. */
const groups = operation('Reshape', [eachGroup, 'aside'], 'back');
const affineGroups = operation('Add', [operation('Mul', [groups, constant('weight')]), constant('bias')]);

const distance = operation('Sub', ['x', operation('ReduceMean', ['x'], 'mean')]);
const deviation = operation('Sqrt', [
  operation(
    'Add',
    [operation('ReduceMean', [operation('Pow', [distance, number(2)])], 'variance'), constant('epsilon')],
    'raised',
  ),
]);
const standardised = operation('Div', [distance, deviation]);

const moved = operation('Conv', ['x', constant('offset.weight'), constant('offset.bias')]);
const slice = (role: string): OperationPattern =>
  operation('Slice', [moved, constant(`${role}.start`), constant(`${role}.end`), constant(`${role}.axes`)], role);
const mask = operation('Sigmoid', [slice('factors')]);

const scaled = operation('Mul', ['x', constant('beta')], 'scaled');
const divided = operation('Div', [operation('Softplus', [scaled]), constant('divisor')]);

const pad = operation('Pad', ['x', constant('pads'), constant('value'), constant('axes')]);
const convolution = (of: Pattern): OperationPattern => operation('Conv', [of, constant('weight'), constant('bias')]);
const transposed = operation('ConvTranspose', ['x', constant('weight'), constant('none')]);
const withoutBias = (of: Pattern): OperationPattern => operation('Conv', [of, constant('weight'), constant('none')]);
const biased = (of: Pattern): OperationPattern => operation('Add', [of, constant('bias')], 'sum');

const lifted = operation('BatchNormalization', [
  operation('Unsqueeze', ['x', constant('axes')]),
  ...['scale', 'shift', 'mean', 'variance'].map(constant),
]);

const counted = operation('Where', [
  operation('Less', ['x', number(0)]),
  operation('Add', ['x', constant('length')], 'wrapped'),
  'x',
]);

/** Longer ones first where one is part of another. */
export const fusions: readonly Fusion[] = [
  { op: 'SiLU', pattern: operation('Mul', ['x', operation('Sigmoid', ['x'])]) },
  { op: 'Mish', pattern: operation('Mul', ['x', operation('Tanh', [operation('Softplus', ['x'])])]) },
  ...[gate, gateOfProduct].flatMap(halved).map((pattern) => ({ op: 'exact GELU', pattern })),
  ...[cube, power].flatMap((cubed) => halved(bent(cubed))).map((pattern) => ({ op: 'tanh GELU', pattern })),
  {
    op: 'straightened Softplus',
    pattern: operation('Where', [operation('Greater', [scaled, constant('threshold')]), 'x', divided]),
  },
  {
    op: 'bounded Softplus',
    pattern: operation('Where', [
      operation('Greater', ['x', constant('threshold')]),
      'x',
      operation('Softplus', ['x']),
    ]),
  },
  {
    op: 'scaled Softplus',
    pattern: divided,
  },
  { op: 'grouped normalisation', pattern: affineGroups },
  { op: 'grouped normalisation', pattern: groups },
  {
    op: 'written-out LayerNormalization',
    pattern: operation('Add', [operation('Mul', [standardised, constant('weight')]), constant('bias')]),
  },
  { op: 'written-out LayerNormalization', pattern: standardised },
  {
    op: 'turned LayerNormalization',
    pattern: operation(
      'Transpose',
      [operation('LayerNormalization', [operation('Transpose', ['x'], 'there'), constant('weight'), constant('bias')])],
      'back',
    ),
  },
  {
    op: 'MatMul',
    pattern: operation('Add', [operation('MatMul', ['x', constant('weight')]), constant('bias')], 'sum'),
    when: isAddedToFeatures,
  },
  {
    op: 'Conv',
    pattern: biased(withoutBias(pad)),
    when: (...found) => isAddedToChannels(...found) && isZeroPadding(...found),
  },
  { op: 'Conv', pattern: biased(withoutBias('x')), when: isAddedToChannels },
  { op: 'Conv', pattern: convolution(pad), when: isZeroPadding },
  { op: 'ConvTranspose', pattern: biased(transposed), when: isAddedToChannels },
  { op: 'AveragePool', pattern: operation('AveragePool', [pad]), when: isZeroPadding },
  {
    op: 'turned GatherND',
    pattern: operation(
      'Transpose',
      [operation('GatherND', [operation('Transpose', ['x'], 'there'), constant('indices')])],
      'back',
    ),
    when: isThereAndBack,
  },
  {
    op: 'part of turned',
    pattern: operation('Gather', [operation('Transpose', ['x'], 'there'), constant('index')]),
    when: isOneInFront,
  },
  {
    op: 'part of turned',
    pattern: operation('Squeeze', [
      operation('Slice', [operation('Transpose', ['x'], 'there'), ...['start', 'end', 'axis', 'step'].map(constant)]),
      constant('dropped'),
    ]),
    when: isOneInFront,
  },
  {
    op: 'part of turned',
    pattern: operation('Squeeze', [
      operation('Split', [operation('Transpose', ['x'], 'there'), constant('lengths')]),
      constant('dropped'),
    ]),
    when: isOneInFront,
  },
  {
    op: 'Identity',
    pattern: operation('Squeeze', [operation('Unsqueeze', ['x', constant('axes')]), constant('back')]),
    when: isWayBack,
  },
  {
    op: 'BatchNormalization',
    pattern: operation('Squeeze', [lifted, constant('back')]),
    when: isColumn,
  },
  {
    op: 'scaled and shifted',
    pattern: operation('Add', [operation('Mul', ['x', constant('weight')]), constant('bias')], 'sum'),
    when: areAlike,
  },
  { op: 'AveragePool', pattern: operation('Mul', [operation('AveragePool', ['x']), constant('ratio')]) },
  { op: 'Gather', pattern: operation('Gather', [constant('weight'), operation('Cast', ['x'])]) },
  { op: 'Gather', pattern: operation('Gather', [constant('weight'), counted]), when: isWrapped },
  { op: 'DeformConv', pattern: operation('DeformConv', ['x', constant('weight'), moved, constant('bias')]) },
  {
    op: 'DeformConv',
    pattern: operation('DeformConv', ['x', constant('weight'), slice('offsets'), constant('bias'), mask]),
  },
];
