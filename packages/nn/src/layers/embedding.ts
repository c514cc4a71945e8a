import { embedding, Parameter, type Shape, type Tensor, ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { drawn, firstNumbers, type Initialiser } from '../initialisers/draw.ts';
import { type BuildContext, checkDrawing, checkUnbuilt, keptOptions, type Layer, notBuilt } from './layer.ts';
import { type CallRest, checkUnread } from './trainingMode.ts';

export interface EmbeddingLayerOptions {
  /** How many different indices there are. */
  readonly count: number;
  /** How many numbers stand for each of them. */
  readonly features: number;
  /** The index that stands for nothing: its row starts at 0 and is not trained. Default: none. */
  readonly paddingIndex?: number;
  /** How the weight starts. Default: N(0, 1), as in PyTorch. */
  readonly initialiser?: Initialiser;
}

const embeddingLayerOptions: OptionNames<EmbeddingLayerOptions> = {
  count: 'required',
  features: 'required',
  paddingIndex: 'optional',
  initialiser: 'optional',
};

/**
 * A table of rows that are learnt, y[…, :] = W[x[…], :]: `[batch, ...]` of whole numbers to `[batch, ..., features]`.
 * Parameter: weight `[count, features]`.
 */
export class Embedding implements Layer {
  readonly type = 'Embedding';
  readonly kind = 'embedding';
  readonly options: EmbeddingLayerOptions;
  private weight: Parameter | undefined;

  /** @throws ValueError when count or features is not a whole number of at least 1, or the padding index is not a row */
  constructor(options: EmbeddingLayerOptions, ...surplus: []) {
    checkSurplus('Embedding', surplus);
    const { count, features, paddingIndex = 0 } = checkOptions('Embedding', options, embeddingLayerOptions);
    const isSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 1;
    const isRow = Number.isInteger(paddingIndex) && paddingIndex >= 0 && paddingIndex < count;
    if (!isSize(count) || !isSize(features) || !isRow) {
      throw new ValueError({
        operation: 'Embedding',
        got: `count is ${count}, features is ${features}, paddingIndex is ${options.paddingIndex}`,
        wanted: 'whole numbers of at least 1, and a padding index from 0 to count - 1, or none',
        remedy: 'Count indices from 0; `count` is one more than the largest',
      });
    }
    this.options = keptOptions(options);
  }

  get parameters(): readonly Parameter[] {
    return this.weight ? [this.weight] : [];
  }

  build(inputShape: Shape, context: BuildContext): Shape {
    const { name, random, dtype } = checkDrawing(this, inputShape, context);
    checkUnbuilt(this, name);
    const { count, features, paddingIndex, initialiser = standardNormal } = this.options;
    this.weight = new Parameter(
      `${name}.weight`,
      firstNumbers(name, initialiser, { shape: [count, features], random, dtype }),
    );
    if (paddingIndex !== undefined) {
      this.weight.update((numbers) => numbers.fill(0, paddingIndex * features, (paddingIndex + 1) * features));
    }
    return [...inputShape, features];
  }

  /** @throws ValueError when x holds anything but whole numbers from 0 to count - 1 */
  call(x: Tensor, ...rest: CallRest): Tensor {
    checkUnread(this.type, rest);
    if (!this.weight) throw notBuilt(this.kind);
    return embedding(x, this.weight, { paddingIndex: this.options.paddingIndex });
  }
}

const standardNormal: Initialiser = (options) => drawn(options, () => options.random.normal());
