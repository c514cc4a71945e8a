import type { Format } from '../request.ts';
import type { Study } from '../study.ts';
import { toJson } from './json.ts';
import { toMarkdown } from './markdown.ts';
import { toPicture } from './picture.ts';
import { toText } from './text.ts';

/** A loss that was studied, in the form that was asked for; it ends with the end of a line. */
export function render(study: Study, format: Format): string {
  switch (format) {
    case 'text':
      return toText(study);
    case 'markdown':
      return toMarkdown(study);
    case 'json':
      return toJson(study);
    case 'svg':
      return toPicture(study);
  }
}
