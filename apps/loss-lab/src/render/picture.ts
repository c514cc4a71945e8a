import { toSvg } from '@tapegrad/explain';
import type { Study } from '../study.ts';
import { writtenOut } from './writtenOut.ts';

/** The tape and the way back as a picture, in which ops that do many steps at once are shown step by step. */
export function toPicture({ request, description, explanation }: Study): string {
  return toSvg(writtenOut(description, explanation), { title: request.form.title });
}
