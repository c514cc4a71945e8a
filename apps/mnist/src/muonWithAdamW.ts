import { type Parameter, ValueError } from '@tapegrad/core';
import { AdamW, type Checkpoint, type GradientSource, Muon } from '@tapegrad/nn';

/** How fast what is AdamW's moves beside what is Muon's. */
const shareOfAdamW = 1 / 6;
const weightDecay = 0.05;

const kind = 'Muon with AdamW';

/**
 * Muon for the filters of hidden convolutions, AdamW for all else: the first convolution, which reads pixels, the normalisations and
 * the last layer. They remember, and are kept in checkpoints, as one optimiser.
 */
export class MuonWithAdamW {
  readonly #muon: Muon;
  readonly #adamW: AdamW;

  /** @param learningRate that of Muon; AdamW has a sixth of it */
  constructor(parameters: readonly Parameter[], learningRate: number) {
    const [, ...hidden] = parameters.filter(({ rank }) => rank === 4);
    const rest = parameters.filter((parameter) => !hidden.includes(parameter));
    this.#muon = new Muon(hidden, { learningRate, momentum: 0.9, weightDecay });
    this.#adamW = new AdamW(rest, { learningRate: learningRate * shareOfAdamW, betas: [0.9, 0.99], weightDecay });
  }

  get groups(): readonly { readonly parameters: readonly Parameter[] }[] {
    return [...this.#muon.groups, ...this.#adamW.groups];
  }

  get learningRate(): number {
    return this.#muon.learningRate;
  }

  set learningRate(rate: number) {
    this.#muon.learningRate = rate;
    this.#adamW.learningRate = rate * shareOfAdamW;
  }

  step(gradients: GradientSource): void {
    this.#muon.step(gradients);
    this.#adamW.step(gradients);
  }

  /** The state of both as that of one. */
  state(): Checkpoint['optimiser'] {
    const [muon, adamW] = [this.#muon.state(), this.#adamW.state()];
    const parameters = { ...muon.parameters, ...adamW.parameters };
    return { kind, groups: [...muon.groups, ...adamW.groups], parameters };
  }

  /** @throws ValueError when it is the state of another optimiser, or of other parameters; nothing has changed then */
  load({ kind: given, groups, parameters }: Checkpoint['optimiser']): void {
    if (given !== kind || groups.length !== 2) {
      throw new ValueError({
        operation: '--resume',
        got: `a state of ${given} with ${groups.length} groups`,
        wanted: `one of ${kind}`,
        remedy: 'Name the folder of a run of the same net',
      });
    }
    const [muon, adamW] = groups.map((group) => ({
      groups: [group],
      parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => group.parameters.includes(name))),
    }));
    const before = this.#muon.state();
    this.#muon.load({ kind: 'Muon', ...muon } as typeof before);
    try {
      this.#adamW.load({ kind: 'AdamW', ...adamW } as Parameters<AdamW['load']>[0]);
    } catch (error) {
      this.#muon.load(before);
      throw error;
    }
  }
}
