import { serve } from '../../worker/serve.ts';
import { decaysOf } from './decays.ts';
import { reliefOf } from './heights.ts';
import { type Walkers, type WalkForm, walksOf } from './walks.ts';

const walkers: Walkers = new Map();

const answers = {
  relief: reliefOf,
  walks: ({ steps, ...form }: WalkForm & { readonly steps: number }) => walksOf(form, steps, walkers),
  decays: decaysOf,
};

/** What this worker serves. */
export type OptimiserAnswers = typeof answers;

serve(answers);
