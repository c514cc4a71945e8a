import type { Shape } from '@tapegrad/core';
import { checkHas, checkList, checkShape, checkSurplus } from '@tapegrad/core/authors';
import { checkLayer } from '../layers/inOrder.ts';
import type { Layer } from '../layers/layer.ts';
import type { JoinLayer } from './joinLayer.ts';

/** Where a value comes from: it is an input, or what a layer makes of others. */
export type Origin =
  | { readonly shape: Shape }
  | { readonly layer: Layer; readonly from: readonly [GraphValue] }
  | { readonly join: JoinLayer; readonly from: readonly GraphValue[] };

/**
 * What stands for a tensor while a model is put together: an input, or what a layer gives. It has no numbers yet, and learns
 * its shape when a `Model` is made of it. It may go to any number of layers.
 */
export class GraphValue {
  readonly origin: Origin;

  constructor(origin: Origin, ...surplus: []) {
    checkSurplus('GraphValue', surplus);
    this.origin = origin;
  }

  /**
   * What these layers, one behind the other, make of it. A layer that is given twice is shared: it has one set of parameters.
   *
   * @example
   * const features = input([1, 28, 28]).to(new Conv2d({ outChannels: 8, kernelSize: 3 }), new ReLU());
   */
  to(...layers: readonly Layer[]): GraphValue {
    let value: GraphValue = this;
    for (const [index, layer] of layers.entries()) {
      checkLayer(`layers[${index}]`, layer);
      value = new GraphValue({ layer, from: [value] });
    }
    return value;
  }
}

/**
 * An input of a model: a batch of things of that shape, which is said without the batch axis.
 *
 * @throws ShapeError when it is no shape
 * @example
 * const image = input([3, 32, 32]);
 */
export function input(shape: Shape, ...surplus: []): GraphValue {
  checkSurplus('input', surplus);
  checkShape('input', shape);
  return new GraphValue({ shape: [...shape] });
}

/**
 * Brings several values together, by a layer that takes them all.
 *
 * @throws DataTypeError when it is no such layer, or these are no values
 * @example
 * const [left, right] = [input([3]).to(new Dense({ outFeatures: 2 })), input([4])];
 * const both = join(new Concat(), [left, right]);
 */
export function join(layer: JoinLayer, values: readonly GraphValue[], ...surplus: []): GraphValue {
  checkSurplus('join', surplus);
  checkHas('join', 'layer', layer, ['kind', 'build', 'call', 'joins'], {
    wanted: 'a layer of several inputs',
    remedy: 'Take `new Concat()`, `new Add()` or `new Multiply()`; one input goes to a layer with `value.to(layer)`',
  });
  checkList('join', 'values', values, {
    wanted: 'a list of what `input` and `to` gave',
    remedy: 'Put them into a list: `join(new Add(), [left, right])`',
  });
  for (const [index, value] of values.entries()) checkValue('join', `values[${index}]`, value);
  return new GraphValue({ join: layer, from: [...values] });
}

/** Throws a DataTypeError unless `value` stands for a tensor of a model. */
export function checkValue(operation: string, name: string, value: unknown): void {
  checkHas(operation, name, value, ['origin', 'to'], {
    wanted: 'a value of a model, without numbers yet',
    remedy: 'Begin with `input([1, 28, 28])`, and lead it through layers: `value.to(new ReLU())`',
  });
}
