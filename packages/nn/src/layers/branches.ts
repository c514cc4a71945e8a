import type { Parameter, Shape, Tensor } from '@tapegrad/core';
import { checkHas, checkList, checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import type { JoinLayer } from '../models/joinLayer.ts';
import { Concat } from '../models/joins.ts';
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

export interface BranchesOptions {
  /** What brings the branches together. Default: `new Concat()`, side by side along the channels. */
  readonly join?: JoinLayer;
}

const branchesOptions: OptionNames<BranchesOptions> = { join: 'optional' };

/**
 * y = join(f₁(x), f₂(x), …): several rows of layers on the same input, side by side; a row of none gives x itself. Layers are
 * named within the block, `branches1.branch2.conv1`.
 *
 * Source: Szegedy et al., "Going deeper with convolutions", 2015.
 *
 * @example
 * new Branches([
 *   [new Conv2d({ outChannels: 8, kernelSize: 1 })],
 *   [new Conv2d({ outChannels: 8, kernelSize: 3, padding: 1 })],
 *   [new MaxPool2d({ kernelSize: 3, stride: 1, padding: 1 })],
 * ]);
 */
export class Branches implements Layer {
  readonly type: string = 'Branches';
  readonly kind: string = 'branches';
  readonly join: JoinLayer;
  private readonly rows: readonly (readonly Layer[])[];
  private built: readonly (readonly BuiltLayer[])[] | undefined;

  /** @throws DataTypeError when these are no rows of layers */
  constructor(branches: readonly (readonly Layer[])[], options: BranchesOptions = {}, ...surplus: []) {
    checkSurplus('Branches', surplus);
    const { join = new Concat() } = checkOptions('Branches', options, branchesOptions);
    checkList('Branches', 'branches', branches, {
      wanted: 'a list of rows of layers',
      remedy: 'Give a list for each branch: `new Branches([[new ReLU()], [new Tanh()]])`',
    });
    checkHas('Branches', 'join', join, ['kind', 'build', 'call', 'joins'], {
      wanted: 'a layer of several inputs',
      remedy: 'Take `new Concat()`, `new Add()` or `new Multiply()`',
    });
    this.rows = branches;
    this.join = join;
  }

  /** The layers of each branch; none before `build`. */
  get branches(): readonly (readonly BuiltLayer[])[] {
    return this.built ?? [];
  }

  /** Branch by branch, first layer first. */
  get parameters(): readonly Parameter[] {
    return this.branches.flat().flatMap(({ layer }) => layer.parameters);
  }

  get buffers(): readonly LayerBuffer[] {
    return this.branches.flat().flatMap(({ layer }) => layer.buffers ?? []);
  }

  /**
   * @throws ShapeError when the branches do not fit together, or a layer cannot take what the one before gives
   * @throws ValueError when the block was built before
   */
  build(inputShape: Shape, context: BuildContext): Shape {
    const { name } = checkContext(this, inputShape, context);
    checkUnbuilt(this, name);
    const rows = this.rows.map((row, index) =>
      buildInOrder(row, inputShape, { ...context, name: `${name}.branch${index + 1}.` }),
    );
    const outputShape = this.join.build(
      rows.map((row) => row.outputShape),
      context,
    );
    this.built = rows.map(({ built }) => built);
    return outputShape;
  }

  /** @throws what its layers throw */
  call(x: Tensor, context?: CallContext, ...surplus: []): Tensor {
    checkSurplus(`${this.type}.call`, surplus);
    if (!this.built) throw notBuilt(this.kind);
    return this.join.call(
      this.built.map((row) => callInOrder(row, x, context)),
      context,
    );
  }
}

/**
 * y = x and f(x) side by side along the channels: what the layers make of x does not have to carry x itself, as in a U-Net,
 * whose `f` first makes the image smaller and then larger again. Layers are named `skip1.branch2.conv1`.
 *
 * Source: Ronneberger, Fischer and Brox, "U-Net: convolutional networks for biomedical image segmentation", 2015.
 *
 * @example
 * new Skip([
 *   new MaxPool2d({ kernelSize: 2 }), new Conv2d({ outChannels: 16, kernelSize: 3, padding: 1 }), new ReLU(),
 *   new ConvTranspose2d({ outChannels: 8, kernelSize: 2, stride: 2 }),
 * ]);
 */
export class Skip extends Branches {
  override readonly type = 'Skip';
  override readonly kind = 'skip';

  /** @throws DataTypeError when these are no layers */
  constructor(layers: readonly Layer[], ...surplus: []) {
    checkSurplus('Skip', surplus);
    super([[], layers]);
  }
}
