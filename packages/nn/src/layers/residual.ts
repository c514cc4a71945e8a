import { add, formatShape, type Parameter, type Shape, ShapeError, type Tensor } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames, sameShape } from '@tapegrad/core/authors';
import { buildInOrder, callInOrder } from './inOrder.ts';
import {
  type BuildContext,
  type BuiltLayer,
  type CallContext,
  checkContext,
  checkUnbuilt,
  type Layer,
  notBuilt,
} from './layer.ts';
import type { LayerBuffer } from './layerBuffer.ts';

export interface ResidualOptions {
  /**
   * The layers that bring the input to the shape of what it is added to, such as a convolution by a 1 × 1 kernel.
   * Default: none, the input is added as it is.
   */
  readonly shortcut?: readonly Layer[];
}

const residualOptions: OptionNames<ResidualOptions> = { shortcut: 'optional' };

/**
 * y = f(x) + s(x), with layers f and a shortcut s, by default s(x) = x: the layers learn what is to be added to x, and the
 * gradient has a way past them: ∂y/∂x = ∂f/∂x + 1. Any shape that f gives back, or that the shortcut brings x to.
 *
 * Layers are named within the block, `residual1.conv1`, those of the shortcut `residual1.shortcut.conv1`, and so are their
 * parameters, `residual1.conv1.weight`.
 *
 * Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016.
 *
 * @example
 * new Residual([
 *   new Conv2d({ outChannels: 8, kernelSize: 3, padding: 1 }), new BatchNorm(), new ReLU(),
 *   new Conv2d({ outChannels: 8, kernelSize: 3, padding: 1 }), new BatchNorm(),
 * ]);
 */
export class Residual implements Layer {
  readonly type = 'Residual';
  readonly kind = 'residual';
  private readonly body: readonly Layer[];
  private readonly shortcutLayers: readonly Layer[];
  private built: { readonly body: readonly BuiltLayer[]; readonly shortcut: readonly BuiltLayer[] } | undefined;

  constructor(layers: readonly Layer[], options: ResidualOptions = {}, ...surplus: []) {
    checkSurplus('Residual', surplus);
    const { shortcut = [] } = checkOptions('Residual', options, residualOptions);
    this.body = layers;
    this.shortcutLayers = shortcut;
  }

  /** The layers of f; none before `build`. */
  get layers(): readonly BuiltLayer[] {
    return this.built?.body ?? [];
  }

  /** The layers of the shortcut; none before `build`. */
  get shortcut(): readonly BuiltLayer[] {
    return this.built?.shortcut ?? [];
  }

  /** Those of f, first layer first, then those of the shortcut. */
  get parameters(): readonly Parameter[] {
    return [...this.layers, ...this.shortcut].flatMap(({ layer }) => layer.parameters);
  }

  get buffers(): readonly LayerBuffer[] {
    return [...this.layers, ...this.shortcut].flatMap(({ layer }) => layer.buffers ?? []);
  }

  /**
   * @throws ShapeError when f gives another shape than the shortcut, or a layer cannot take what the one before gives
   * @throws ValueError when the block was built before
   */
  build(inputShape: Shape, context: BuildContext): Shape {
    checkContext(this, inputShape, context);
    checkUnbuilt(this, context.name);
    const body = buildInOrder(this.body, inputShape, { ...context, name: `${context.name}.` });
    const shortcut = buildInOrder(this.shortcutLayers, inputShape, { ...context, name: `${context.name}.shortcut.` });
    if (!sameShape(body.outputShape, shortcut.outputShape)) {
      const what = this.shortcutLayers.length > 0 ? 'the shortcut gives' : 'the input is';
      throw new ShapeError({
        operation: context.name,
        got: `layers that give ${formatShape(body.outputShape)}, where ${what} ${formatShape(shortcut.outputShape)}`,
        wanted: 'two of the same shape, to be added',
        remedy: `Give a shortcut that brings the input to ${formatShape(body.outputShape)}: { shortcut: [new Conv2d({ outChannels, kernelSize: 1, stride })] }`,
      });
    }
    this.built = { body: body.built, shortcut: shortcut.built };
    return body.outputShape;
  }

  /** @throws what its layers throw */
  call(x: Tensor, context?: CallContext, ...surplus: []): Tensor {
    checkSurplus(`${this.type}.call`, surplus);
    if (!this.built) throw notBuilt(this.kind);
    return add(callInOrder(this.built.body, x, context), callInOrder(this.built.shortcut, x, context));
  }
}
