import type { Examination } from '../examination.ts';
import type { Fingerprint } from '../fingerprint.ts';
import type { Options } from '../options.ts';
import type { Setup } from '../setup.ts';
import { curves } from './curves.ts';
import { errors } from './errors.ts';
import { html, Markup } from './html.ts';
import { inside } from './inside.ts';
import type { Journal } from './journal.ts';
import type { Looks } from './looks.ts';
import { facts, percent, seconds, table } from './parts.ts';
import { style } from './style.ts';
import { commandOf, optionList, surroundings } from './surroundings.ts';
import { whereItLooks } from './whereItLooks.ts';

/** What a report is made of. */
export interface Told {
  readonly journal: Journal;
  readonly setup: Setup;
  readonly options: Options;
  readonly examination: Examination;
  /** What it makes of some test images; `undefined` where its numbers are not finite. */
  readonly looks: Looks | undefined;
  readonly fingerprint: Fingerprint;
  /** Why the run ended before its last step, as a sentence; `undefined` when it did not. */
  readonly endedEarly: string | undefined;
  readonly written: Date;
}

/** The whole report as one page, which asks for nothing else: no scripts, and pictures within it. */
export function page(told: Told): string {
  const { journal, setup, examination, written } = told;
  const { train, test, origin } = setup.data;
  const body = html`<header><h1>Training report: ${train.name}</h1>
<p class="lead">${train.labels.size} training and ${test.labels.size} test images; ${journal.step} steps; written ${written.toISOString().replace('T', ' ').slice(0, 16)} UTC</p>
${notices(told).map((notice) => html`<p class="notice">${notice}</p>`)}</header>
<main>${keyFigures(told)}
<h2>How it learnt</h2>${curves(journal, examination.count)}
<h2>What it gets wrong</h2>${errors(examination, test)}
<h2>Why it says so</h2>${whereItLooks(told.looks, test)}
<h2>Inside the model</h2>${inside(journal)}
<h2>Where the time went</h2><section class="card">${times(journal)}</section>
<h2>How to have it again</h2><div class="cards"><section class="card"><h3>Options</h3>${facts(
    optionList(told.options).map(([name, value]) => [`--${name}`, value] as const),
  )}<p class="note">The same options, data and engine end in the same bits, on any number of threads:</p><pre>${commandOf(journal.command, told.options)}</pre></section>
<section class="card"><h3>Made with</h3>${facts(surroundings())}</section>
<section class="card"><h3>Data</h3><p>${origin}</p>${facts(
    Object.entries(told.fingerprint).map(([name, digest]) => [name, html`<code>${digest}</code>`] as const),
  )}<p class="note">SHA-256 of “<code>a b</code>”, where a and b are the SHA-256 of all pixels and of all labels.</p></section>
<section class="card"><h3>Model</h3>${model(setup)}</section></div></main>`;
  return `<!doctype html>\n${html`<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Training report: ${train.name}</title><style>${new Markup(style)}</style></head>
<body>${body}</body></html>`}\n`;
}

/** What a reader must know before reading on. */
function notices({ journal, endedEarly }: Told): string[] {
  const { resumedAt, steps } = journal;
  const told: string[] = [];
  if (endedEarly !== undefined) {
    told.push(
      `This run did not come to its end: ${endedEarly} The report tells of the ${journal.step} steps there were.`,
    );
  }
  if (resumedAt > 0) {
    const isKnown = (steps[0]?.step ?? Infinity) <= resumedAt;
    const before = isKnown
      ? 'Losses and test accuracies before are those of the --metrics file'
      : 'The curves begin there, for no --metrics file tells of the steps before';
    told.push(
      `This run went on after step ${resumedAt}, from a checkpoint. ${before}; training accuracy, sizes and times are of the steps since.`,
    );
  }
  return told;
}

function keyFigures({ journal, setup, examination }: Told): Markup {
  const { accuracy, wrong, count, loss } = examination;
  const training = new Map(journal.phases.seconds).get('training') ?? 0;
  const parameters = setup.model.parameters.reduce((sum, { size }) => sum + size, 0);
  const figures = [
    ['Test accuracy', percent(accuracy)],
    ['Named wrong', `${wrong} of ${count}`],
    ['Test loss', loss.toFixed(4)],
    ['Training', seconds(training)],
    ['Steps', String(journal.step)],
    ['Parameters', parameters.toLocaleString('en-GB')],
  ] as const;
  return html`<dl class="key">${figures.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function times({ phases }: Journal): Markup {
  const all = phases.seconds;
  const total = all.reduce((sum, [, taken]) => sum + taken, 0);
  return table(
    `Seconds of this process, until the report was written: ${seconds(total)} in all`,
    ['part', 'time', 'share', 'as a bar'],
    all.map(([phase, taken]) => [
      phase,
      seconds(taken),
      percent(taken / total, 1),
      html`<div class="track"><div class="bar" style="width:${((100 * taken) / total).toFixed(1)}%"></div></div>`,
    ]),
  );
}

function model({ model }: Setup): Markup {
  return table(
    'Layers',
    ['layer', 'kind', 'output', 'parameters'],
    model.layers.map(({ name, layer, outputShape }) => [
      name,
      layer.type,
      outputShape.join(' × '),
      layer.parameters.reduce((sum, { size }) => sum + size, 0).toLocaleString('en-GB'),
    ]),
  );
}
