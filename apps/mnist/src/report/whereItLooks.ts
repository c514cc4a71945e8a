import type { ImageDataset } from '@tapegrad/datasets';
import { html, type Markup } from './html.ts';
import type { LayerMaps, Look, Looks, Map2d } from './looks.ts';
import { type InlinePicture, mapPicture, pictureOf } from './pictures.ts';

/** Which pixels spoke for what the model said, and what its layers make of an image. */
export function whereItLooks(looks: Looks | undefined, test: ImageDataset): Markup {
  if (!looks)
    return html`<p>Where the model looks cannot be said: its numbers are not finite, or there are no images.</p>`;
  return html`${explanations(looks, test)}${layerFigure(looks, test)}`;
}

function explanations({ images, layer, square }: Looks, test: ImageDataset): Markup {
  const heads = ['image', 'saliency', ...(layer === undefined ? [] : ['Grad-CAM']), 'occlusion'];
  const title = 'Which pixels spoke for what the model named';
  const camNote =
    layer === undefined
      ? ''
      : `Grad-CAM: where the maps of ${layer} are bright that speak for the class, brought to the size of the image. `;
  return html`<section class="card wide"><h3>Where it looks</h3>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="looks"><caption>${title}</caption>
<thead><tr><td></td>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${images.map((each) => row(each, test))}</tbody></table></div>
<p class="note">Saliency: how much the score of the named class changes with each pixel. ${camNote}Occlusion: what the score loses where ${square} × ${square} pixels are covered; orange where it gains. Each picture goes from white, 0, to its own largest number, blue.</p></section>`;
}

function row(look: Look, test: ImageDataset): Markup {
  const { classes } = test;
  const [right, named] = [classes[look.right], classes[look.named]];
  const said = right === named ? `${right}, named so` : `${right}, named ${named}`;
  const maps = Object.entries({ saliency: look.saliency, 'Grad-CAM': look.gradCam, occlusion: look.occlusion });
  const cells = maps.flatMap(([name, map]) => (map ? [cell(picture(map), `${name} of test image ${look.index}`)] : []));
  return html`<tr><th scope="row">${said}</th>${cell(pictureOf(test, look.index), `test image ${look.index}: ${said}`)}${cells}</tr>\n`;
}

function cell({ address, width, height }: InlinePicture, words: string): Markup {
  return html`<td><img src="${address}" width="${width}" height="${height}" alt="${words}"></td>`;
}

/** On a scale of its own, so that small numbers can be seen too. */
function picture(map: Map2d, largest = largestOf(map)): InlinePicture {
  return mapPicture(map.numbers, map, largest);
}

function largestOf({ numbers }: Map2d): number {
  let largest = Number.MIN_VALUE;
  for (const number of numbers) largest = Math.max(largest, Math.abs(number));
  return largest;
}

function layerFigure({ layers, images }: Looks, test: ImageDataset): Markup {
  if (layers.length === 0) return html``;
  const [first] = images;
  const words = `test image ${first.index}, ${test.classes[first.right]}`;
  return html`<section class="card wide"><h3>What the layers make of an image</h3>${layers.map((layer) => mapList(layer, words))}<p class="note">Feature maps of ${words}: orange is negative, white 0, blue positive, on one scale for each layer; at most ${layers[0].maps.length} of each.</p></section>`;
}

function mapList({ name, maps }: LayerMaps, words: string): Markup {
  const largest = Math.max(...maps.map(largestOf));
  return html`<h4>${name}, ${maps[0].height} × ${maps[0].width}</h4><ul class="maps">${maps.map((map, at) => {
    const { address, width, height } = picture(map, largest);
    return html`<li><img src="${address}" width="${width}" height="${height}" alt="map ${at + 1} of ${name} for ${words}"></li>`;
  })}</ul>`;
}
