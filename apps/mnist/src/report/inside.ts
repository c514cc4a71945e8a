import type { Parameter } from '@tapegrad/core';
import { chart } from './chart.ts';
import { html, type Markup } from './html.ts';
import type { Journal } from './journal.ts';
import { digits, figure, percent, table } from './parts.ts';
import { filterPictures, type InlinePicture } from './pictures.ts';
import type { Sizes } from './sizes.ts';

/** What goes on inside of the model: the first filters, and how large gradients, weights and activations are. */
export function inside(journal: Journal): Markup {
  const { sizes, setup } = journal;
  const [first, last] = [sizes[0], sizes.at(-1)];
  const weights = setup?.model.parameters[0];
  const filters = weights && weights.rank === 4 ? filterFigure(journal, weights) : '';
  if (!first || !last) return html`${filters}<p>No step was looked at.</p>`;
  const named = (name: string): boolean => name.endsWith('.weight');
  const parameters = last.parameters.filter(({ name }) => named(name)).map(({ name }) => name);
  const layers = last.layers.filter(({ name }) =>
    setup?.model.parameters.some((each) => each.name.startsWith(`${name}.`)),
  );
  const layerOf = (name: string): string => name.replace('.weight', '');
  const sizeOf = (name: string, what: 'gradient' | 'weight'): [number, number][] =>
    sizes.map(({ step, parameters }) => [step, parameters.find((each) => each.name === name)?.[what] ?? Number.NaN]);
  const outputOf = (name: string): [number, number][] =>
    sizes.map(({ step, layers }) => [step, layers.find((each) => each.name === name)?.output ?? Number.NaN]);
  const common = { xName: 'steps', yName: 'root mean square', isLogarithmic: true };
  return html`${filters}<div class="cards">${[
    figure(
      'Size of gradients',
      chart({
        ...common,
        label: 'Root mean square of the gradient of each weight over the steps, by powers of ten.',
        lines: parameters.map((name) => ({ name: layerOf(name), points: sizeOf(name, 'gradient'), isMarked: false })),
      }),
      'A line that dives is a layer that stops learning; one that shoots up asks for a lower learning rate.',
      parameterTable(first, last),
    ),
    figure(
      'Size of activations',
      chart({
        ...common,
        label: 'Root mean square of the outputs of each layer with weights over the steps, by powers of ten.',
        lines: layers.map(({ name }) => ({ name, points: outputOf(name), isMarked: false })),
      }),
      'What each layer with weights gives, before its ReLU. They should stay within some powers of ten.',
      undefined,
    ),
    figure(
      'Size of weights',
      chart({
        ...common,
        label: 'Root mean square of the weights of each layer over the steps, by powers of ten.',
        lines: parameters.map((name) => ({ name: layerOf(name), points: sizeOf(name, 'weight'), isMarked: false })),
      }),
      `The weights, without biases. All three were looked at in ${sizes.length} steps: 1, 2, 4, … 64 and every hundredth.`,
      undefined,
    ),
    html`<section class="card"><h3>Outputs of layers</h3>${layerTable(first, last)}<p class="note">Sizes are root mean squares. Zeros behind a ReLU are the units that stayed shut; where nearly all are, little can be learnt.</p></section>`,
  ]}</div>`;
}

function parameterTable(first: Sizes, last: Sizes): Markup {
  return table(
    `Root mean square of gradients and parameters in steps ${first.step} and ${last.step}`,
    ['parameter', 'gradient at first', 'gradient at last', 'numbers at first', 'numbers at last'],
    last.parameters.map(({ name, gradient, weight }, at) => [
      name,
      digits(first.parameters[at].gradient),
      digits(gradient),
      digits(first.parameters[at].weight),
      digits(weight),
    ]),
  );
}

function layerTable(first: Sizes, last: Sizes): Markup {
  return table(
    `In steps ${first.step} and ${last.step}`,
    ['layer', 'size at first', 'size at last', 'zeros at first', 'zeros at last'],
    last.layers.map(({ name, output, zeros }, at) => [
      name,
      digits(first.layers[at].output),
      digits(output),
      percent(first.layers[at].zeros, 1),
      percent(zeros, 1),
    ]),
  );
}

function filterFigure(journal: Journal, weights: Parameter): Markup {
  const [before, after] = [journal.firstFilters, weights.read()];
  let largest = Number.MIN_VALUE;
  for (const numbers of [before, after]) for (const number of numbers) largest = Math.max(largest, Math.abs(number));
  const row = (title: string, pictures: readonly InlinePicture[]): Markup =>
    html`<h4>${title}</h4><ul class="filters">${pictures.map(
      ({ address, width, height }, at) =>
        html`<li><img src="${address}" width="${width}" height="${height}" alt="filter ${at + 1} of ${weights.name} ${title.toLowerCase()}"></li>`,
    )}</ul>`;
  const scale =
    weights.shape[1] === 3
      ? `red, green and blue from -${digits(largest)} (none) to ${digits(largest)} (full)`
      : `orange is negative, white 0, blue positive, up to ±${digits(largest)}`;
  return html`<section class="card wide"><h3>Filters of the first layer</h3>${row('Before training', filterPictures(before, weights.shape, largest))}${row('After training', filterPictures(after, weights.shape, largest))}<p class="note">${weights.shape[0]} filters of ${weights.shape.slice(2).join(' × ')}; ${scale}, on one scale for both rows.</p></section>`;
}
