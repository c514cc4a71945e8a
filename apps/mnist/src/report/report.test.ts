import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInDigits } from '@tapegrad/datasets';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findRun } from '../checkpoints.ts';
import { type Metric, metricsUpTo, metricsWriter } from '../metrics.ts';
import { commandLine, type Options } from '../options.ts';
import { type Surroundings, train } from '../train.ts';
import { Journal } from './journal.ts';
import { checkReport } from './report.ts';
import { trainReported } from './trainReported.ts';

const data = builtInDigits({ train: 960, test: 200 });
const silent = (): void => {};
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapegrad-report-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function optionsOf(...args: string[]): Options {
  return commandLine()
    .parse(['--digits', '--epochs', '5', '--batch-size', '64', ...args], { from: 'user' })
    .opts<Options>();
}

/** Trains with a report, and gives back what it says beside the outcome. */
async function reported(options: Options, around: Partial<Surroundings> = {}, of = data) {
  const file = join(folder, 'report.html');
  const journal = around.journal ?? new Journal();
  const { signal } = new AbortController();
  const outcome = await trainReported(file, of, options, {
    say: silent,
    record: silent,
    stop: signal,
    ...around,
    journal,
  });
  return { ...outcome, journal, text: readFileSync(file, 'utf8') };
}

describe('a run with a report', () => {
  test('ends in the same bits as one without', async () => {
    const options = optionsOf('--epochs', '2');
    const metrics: Metric[][] = [[], []];
    const { signal: stop } = new AbortController();
    const plain = await train(data, options, { say: silent, stop, record: (metric) => metrics[0].push(metric) });
    const { model } = await reported(options, { record: (metric) => metrics[1].push(metric) });
    const lossesOf = (all: Metric[]) => all.map((metric) => (metric.kind === 'step' ? metric.loss : metric.testLoss));
    expect(lossesOf(metrics[0])).toHaveLength(32);
    expect(lossesOf(metrics[1])).toEqual(lossesOf(metrics[0]));
    for (const [at, parameter] of model.parameters.entries()) {
      expect(parameter.toFlatArray()).toEqual(plain.model.parameters[at].toFlatArray());
    }
  });

  test('tells what the run was, in one file without scripts', async () => {
    const metrics: Metric[] = [];
    const { text, testAccuracy, journal } = await reported(optionsOf('--epochs', '2', '--seed', '7'), {
      record: (metric) => metrics.push(metric),
    });
    expect(text).toContain(`<dt>Test accuracy</dt><dd>${(100 * testAccuracy).toFixed(2)} %</dd>`);
    for (const metric of metrics) if (metric.kind === 'epoch') expect(text).toContain(metric.meanLoss.toFixed(4));
    expect(text).toContain(
      'npx pnpm mnist --dataset digits --net fast --epochs 2 --batch-size 64 --learning-rate 0.01 --seed 7</pre>',
    );
    expect(text).not.toMatch(/<script|https?:(?!\/\/www\.w3\.org)|NaN|undefined|\[object/);
    expect(text).not.toContain('class="notice"');
    expect(journal.steps.map(({ step }) => step)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
    expect(journal.sizes.map(({ step }) => step)).toEqual([1, 2, 4, 8, 16]);
    expect(journal.sizes[0].layers.map(({ name }) => name)).toEqual([
      ...['conv1', 'relu1', 'conv2', 'relu2', 'batchNorm1', 'dense1', 'relu3', 'dense2'],
    ]);
    for (const { step, parameters } of journal.sizes) {
      for (const { name, gradient, weight } of parameters) {
        expect(gradient).toBeGreaterThan(0);
        // The shift of a normalisation begins at 0.
        if (step > 1 || name !== 'batchNorm1.bias') expect(weight).toBeGreaterThan(0);
      }
    }
  });

  test('escapes what comes from the data', async () => {
    const classes = data.test.classes.map((name) => `<img src=x onerror="${name}">`);
    const named = { ...data, train: { ...data.train, classes }, test: { ...data.test, classes }, origin: '<script>' };
    const { text } = await reported(optionsOf('--epochs', '1'), {}, named);
    expect(text).not.toMatch(/<img src=x|<script/);
    expect(text).toContain('&lt;img src=x onerror=&quot;3&quot;&gt;');
  });
});

describe('a run that does not come to its end', () => {
  test('stopped: the report says so, and tells of the steps there were', async () => {
    const stopping = new AbortController();
    const record = (metric: Metric): void => {
      if (metric.kind === 'step' && metric.step === 6) stopping.abort();
    };
    const { text, journal } = await reported(optionsOf(), { record, stop: stopping.signal });
    expect(journal.step).toBe(6);
    expect(text).toContain(
      'This run did not come to its end: it was stopped by Ctrl-C. The report tells of the 6 steps there were.',
    );
  });

  test('ended by an error after some steps: that error is told and thrown', async () => {
    const record = (metric: Metric): void => {
      if (metric.step === 3) throw new Error('no room');
    };
    await expect(reported(optionsOf(), { record })).rejects.toThrow('no room');
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('did not come to its end: an error ended it.');
  });

  test('ended by an error before any step: an older report stays', async () => {
    writeFileSync(join(folder, 'report.html'), 'older');
    const say = (): never => {
      throw new Error('nobody listens');
    };
    await expect(reported(optionsOf(), { say })).rejects.toThrow('nobody listens');
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toBe('older');
  });
});

describe('a run that goes on', () => {
  /** Six steps with checkpoints, and then the rest of the epoch in another process, as it were. */
  async function goOn(...extra: string[]) {
    const options = optionsOf('--epochs', '1', '--checkpoint', join(folder, 'run'), ...extra);
    const stopping = new AbortController();
    const write = metricsWriter(options.metrics);
    const record = (metric: Metric): void => {
      write(metric);
      if (metric.step === 6) stopping.abort();
    };
    const begun = await findRun(options, silent);
    await train(data, options, { say: silent, record, stop: stopping.signal, ...begun });
    await begun.folder?.close();
    const found = await findRun({ ...options, resume: true }, silent);
    const rest = metricsWriter(options.metrics, 6);
    const journal = new Journal();
    journal.takeOver(metricsUpTo(6, options.metrics));
    try {
      return await reported(options, { ...found, record: rest, journal });
    } finally {
      await found.folder?.close();
    }
  }

  test('has the curves of the metrics file before', async () => {
    const { text, journal } = await goOn('--metrics', join(folder, 'run.jsonl'));
    expect(journal.steps.map(({ step }) => step)).toEqual(Array.from({ length: 15 }, (_, at) => at + 1));
    expect(text).toContain(
      'This run went on after step 6, from a checkpoint. Losses and test accuracies before are those of the --metrics file;',
    );
  });

  test('says that its curves begin late where there is none', async () => {
    const { text, journal } = await goOn();
    expect(journal.steps[0].step).toBe(7);
    expect(text).toContain('The curves begin there, for no --metrics file tells of the steps before;');
  });
});

describe('the path of the report', () => {
  test('is tried before training, and nothing is left there', async () => {
    await checkReport(join(folder, 'new', 'report.html'));
    expect(readdirSync(join(folder, 'new'))).toEqual([]);
  });

  test('is refused where no file can be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(checkReport(join(folder, 'file', 'report.html'))).rejects.toMatchObject({
      code: 'VALUE',
      operation: '--report',
      wanted: 'a file in a folder that can be written to',
    });
    mkdirSync(join(folder, 'folder'));
    await expect(checkReport(join(folder, 'folder'))).rejects.toThrow(
      `--report: ${join(folder, 'folder')} cannot be written: it is a folder; wanted a file in a folder that can be written to. Name another file.`,
    );
  });
});
