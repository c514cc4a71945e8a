import type { ExperimentName } from './ends.ts';
import type { Settings } from './fields.ts';

interface Preset {
  /** In signs and numbers, for every language. */
  readonly label: string;
  readonly settings: Partial<Settings>;
}

/** Settings worth a try, next to where something tips over. */
export const presets: Readonly<Record<ExperimentName, readonly Preset[]>> = {
  overflow: [
    { label: 'float32, 88', settings: { type: 'float32', logit: 88 } },
    { label: 'float32, 89', settings: { type: 'float32', logit: 89 } },
    { label: 'float64, 709', settings: { type: 'float64', logit: 709 } },
    { label: 'float64, 710', settings: { type: 'float64', logit: 710 } },
    { label: 'y = 1', settings: { right: '1' } },
  ],
  twice: [
    { label: 'C = 2', settings: { classes: 2 } },
    { label: 'C = 100', settings: { classes: 100 } },
    { label: 'z₀ = 0', settings: { certainty: 0 } },
    { label: 'z₀ = −5', settings: { certainty: -5, classes: 10 } },
  ],
  label: [
    { label: '3', settings: { label: '3' } },
    { label: '1.5', settings: { label: '1.5' } },
    { label: '−100', settings: { label: '-100' } },
  ],
  column: [
    { label: 'mseLoss', settings: { by: 'mseLoss' } },
    { label: 'N = 6', settings: { by: 'operations', rows: 6 } },
  ],
  weights: [
    { label: 'w = 0', settings: { weight: 0, rare: 4, given: 'both' } },
    { label: '2 + 2', settings: { weight: 9, rare: 2, given: 'both' } },
    { label: '[w]', settings: { given: 'one' } },
  ],
  ignored: [
    { label: '3 / 4', settings: { ignored: 3 } },
    { label: '0 / 4', settings: { ignored: 0 } },
  ],
  rate: [
    { label: 'η = 1/κ', settings: { rate: 0.1, curvature: 10 } },
    { label: 'η = 1.9/κ', settings: { rate: 0.19, curvature: 10 } },
    { label: 'η = 2/κ', settings: { rate: 0.2, curvature: 10 } },
    { label: 'η = 2.1/κ', settings: { rate: 0.21, curvature: 10 } },
  ],
  dead: [
    { label: 'b = −2', settings: { bias: -2 } },
    { label: 'b = −1.5', settings: { bias: -1.5 } },
    { label: 'LeakyReLU', settings: { unit: 'LeakyReLU' } },
  ],
};
