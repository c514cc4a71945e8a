import type { Form } from '../fields.ts';
import { type Look, lookOf } from './look.ts';
import { type Picture, pictureOf } from './picture.ts';

/** A layer at work, and what one of its numbers is linked to: both of one form, so that they never disagree. */
export interface View {
  readonly picture: Picture;
  readonly look: Look;
}

/** @throws ValueError or ShapeError of the library, where the form does not fit together */
export function viewOf(form: Form): View {
  return { picture: pictureOf(form), look: lookOf(form) };
}
