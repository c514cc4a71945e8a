import { ValueError } from '@tapegrad/core';
import { checkOptions, checkSurplus, type OptionNames } from '@tapegrad/core/authors';
import { Presets, SingleBar } from 'cli-progress';
import type { Callback } from '../training/fit.ts';

/** Something that shows how far a piece of work has come. */
export interface ProgressDisplay {
  update(done: number, note: string): void;
  stop(): void;
}

/** How often a line is printed where there is no terminal, in milliseconds. */
const interval = 5000;

/**
 * A bar on a terminal; in a pipe or a file a plain line every few seconds.
 *
 * @example
 * const shown = progressOf('reading', 3, 'files');
 * for (let done = 1; done <= 3; done++) shown.update(done, '');
 * shown.stop();
 */
export function progressOf(title: string, total: number, unit: string, ...surplus: []): ProgressDisplay {
  checkSurplus('progressOf', surplus);
  return process.stdout.isTTY ? bar(title, total, unit) : lines(title, total, unit);
}

function bar(title: string, total: number, unit: string): ProgressDisplay {
  const shown = new SingleBar(
    {
      format: `${title} {bar} {value}/{total} ${unit}  {note}`,
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
    },
    Presets.shades_classic,
  );
  shown.start(total, 0, { note: '' });
  return { update: (done, note) => shown.update(done, { note }), stop: () => shown.stop() };
}

function lines(title: string, total: number, unit: string): ProgressDisplay {
  let last = performance.now();
  return {
    update(done, note) {
      if (performance.now() - last < interval) return;
      last = performance.now();
      console.log(`${title} ${done}/${total} ${unit}${note ? `  ${note}` : ''}`);
    },
    stop() {},
  };
}

export interface ShowProgressOptions {
  /** How many steps an epoch has. */
  readonly stepsInEpoch: number;
  /** How many epochs there are, for the title. Default: it is not said. */
  readonly epochs?: number;
}

const showProgressOptions: OptionNames<ShowProgressOptions> = { stepsInEpoch: 'required', epochs: 'optional' };

/**
 * A callback for `fit` that shows how far training has come: on a terminal a bar for each epoch, in a pipe or a file a line
 * every five seconds; and a line at the end of each epoch, with its mean loss, what `validate` measured, and its time in
 * seconds.
 *
 * @throws ValueError when stepsInEpoch is not a whole number of at least 1
 * @example
 * const [samples, batchSize, epochs] = [1000, 64, 5];
 * const callbacks = [showProgress({ stepsInEpoch: Math.ceil(samples / batchSize), epochs })];
 */
export function showProgress(options: ShowProgressOptions, ...surplus: []): Callback {
  checkSurplus('showProgress', surplus);
  const { stepsInEpoch, epochs } = checkOptions('showProgress', options, showProgressOptions);
  if (!Number.isSafeInteger(stepsInEpoch) || stepsInEpoch < 1) {
    throw new ValueError({
      operation: 'showProgress',
      got: `stepsInEpoch is ${stepsInEpoch}`,
      wanted: 'a whole number of at least 1',
      remedy: 'Say how many batches an epoch has',
    });
  }
  const titleOf = (epoch: number): string => `epoch ${epoch}${epochs === undefined ? '' : `/${epochs}`}`;
  let shown: ProgressDisplay | undefined;
  let started = performance.now();
  return {
    onStep({ epoch, stepInEpoch, loss }) {
      shown ??= progressOf(titleOf(epoch), stepsInEpoch, 'steps');
      shown.update(stepInEpoch, `loss ${loss.toFixed(4)}`);
      // The last step of an epoch, and of a training that stops there, leaves no bar on the terminal.
      if (stepInEpoch < stepsInEpoch) return;
      shown.stop();
      shown = undefined;
    },
    onEpochEnd({ epoch, meanLoss, metrics = {} }) {
      shown?.stop();
      shown = undefined;
      const seconds = (performance.now() - started) / 1000;
      const measured = Object.entries(metrics).map(([name, value]) => `, ${name} ${value.toFixed(4)}`);
      console.log(`${titleOf(epoch)}: mean loss ${meanLoss.toFixed(4)}${measured.join('')}, ${seconds.toFixed(1)} s`);
      started = performance.now();
    },
  };
}
