import type { ImageDataset } from '@tapegrad/datasets';
import { f1, precision, recall } from '@tapegrad/nn';
import type { Confidence, Examination } from '../examination.ts';
import { chart } from './chart.ts';
import { html, type Markup } from './html.ts';
import { digits, figure, percent, table } from './parts.ts';
import { pictureOf } from './pictures.ts';

/** What the model got wrong at the end: which class for which, the worst pictures, and how sure it was. */
export function errors(examination: Examination, test: ImageDataset): Markup {
  return html`${matrixTable(examination, test)}${worstImages(examination, test)}<div class="cards">${[
    classTable(examination, test),
    calibration(examination),
  ]}</div>`;
}

function matrixTable({ matrix }: Examination, { classes }: ImageDataset): Markup {
  const most = Math.max(1, ...matrix.flatMap((row, right) => row.filter((_, named) => named !== right)));
  const cell = (count: number, right: number, named: number): Markup => {
    if (count === 0) return html`<td class="none">0</td>`;
    // By the square root, so that a single error can be seen beside many.
    const shade = Math.round(100 * Math.sqrt(count / most));
    return right === named
      ? html`<td class="right">${count}</td>`
      : html`<td class="wrong" style="--shade:${Math.min(100, shade)}%">${count}</td>`;
  };
  return html`<section class="card wide"><h3>Confusion matrix</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix"><table class="matrix${classes.length > 14 ? '' : ' few'}"><caption>Rows are the right classes, columns what the model named</caption>
<thead><tr><td></td>${classes.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${matrix.map((row, right) => html`<tr><th scope="row">${classes[right]}</th>${row.map((count, named) => cell(count, right, named))}</tr>\n`)}</tbody></table></div>
<p class="note">On the diagonal stands what is right. The stronger the colour of another cell, the more images were taken for that class.</p></section>`;
}

function worstImages({ worst, wrong, count }: Examination, test: ImageDataset): Markup {
  const { classes } = test;
  const pictures = worst.map(({ index, right, named, probability, probabilityOfRight, loss }) => {
    const { address, width, height } = pictureOf(test, index);
    const said = `${classes[named]}, ${percent(probability, 1)}`;
    return html`<li><figure><img src="${address}" width="${width}" height="${height}" alt="test image ${index}: ${classes[right]}, named ${said}"><figcaption><b>${classes[right]}</b> named <b>${classes[named]}</b><br><span>${percent(probability, 1)} sure, ${percent(probabilityOfRight, 1)} for ${classes[right]}; loss ${loss.toFixed(2)}, image ${index}</span></figcaption></figure></li>`;
  });
  const text =
    wrong === 0
      ? `None of the ${count} test images was named wrong.`
      : `The ${worst.length} with the highest loss of ${wrong} that were named wrong, among ${count} test images.`;
  return html`<section class="card wide"><h3>Worst errors</h3><p class="note">${text}</p><ul class="worst">${pictures}</ul></section>`;
}

function classTable({ matrix }: Examination, { classes }: ImageDataset): Markup {
  const [precisions, recalls, scores] = [precision(matrix), recall(matrix), f1(matrix)];
  const rows = classes.map((name, label) => [
    name,
    matrix[label].reduce((sum, count) => sum + count, 0),
    percent(precisions.perClass[label]),
    percent(recalls.perClass[label]),
    percent(scores.perClass[label]),
  ]);
  const mean = ['mean of classes', '', percent(precisions.macro), percent(recalls.macro), percent(scores.macro)];
  return html`<section class="card"><h3>Class by class</h3>${table(
    'Precision, recall and F1 of each class',
    ['class', 'images', 'precision', 'recall', 'F1'],
    [...rows, mean],
  )}<p class="note">Precision: how much of what was named so is so. Recall: how much of what is so was named so. F1: their harmonic mean.</p></section>`;
}

function calibration({ confidences, calibrationError }: Examination): Markup {
  const range = ({ from, to }: Confidence): string => `${percent(from, 0)} to ${percent(to, 0)}`;
  return figure(
    'Calibration',
    chart({
      label: `How often the model is right, by how sure it is; expected calibration error ${digits(calibrationError)}.`,
      lines: [
        {
          name: 'model',
          points: confidences.map(({ probability, accuracy }) => [100 * probability, 100 * accuracy]),
          isMarked: true,
        },
        { name: 'as sure as right', points: [0, 100].map((each) => [each, each]), isMarked: false },
      ],
      xName: 'how sure the model is, in %',
      yName: 'how often it is right, in %',
      xRange: [0, 100],
      yRange: [0, 100],
    }),
    `Expected calibration error ${percent(calibrationError)}: how far the two are apart on average. Points of few images say little.`,
    table(
      'Calibration by confidence',
      ['sure', 'images', 'mean probability', 'right'],
      confidences.map((each) => [range(each), each.count, percent(each.probability), percent(each.accuracy)]),
    ),
  );
}
