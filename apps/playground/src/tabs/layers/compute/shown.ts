import type { Form } from '../fields.ts';
import { type Flip, flipOf } from './flip.ts';
import { type Kink, kinks } from './kinks.ts';
import { layers } from './layers.ts';
import { type Statistics, statisticsOf } from './statistics.ts';
import type { View } from './view.ts';

/** All that the tab shows of a layer: the layer at work, and what is particular to its kind. */
export interface Shown {
  readonly view: View;
  readonly flip: Flip | undefined;
  readonly statistics: Statistics | undefined;
  readonly kinks: readonly Kink[] | undefined;
}

/** @throws ValueError or ShapeError of the library, where the form does not fit together */
export function shownOf(form: Form): Shown {
  const view = layers[form.layer](form);
  return {
    view,
    flip: flipOf(view),
    statistics: statisticsOf(view),
    kinks: form.layer === 'activation' ? kinks() : undefined,
  };
}
