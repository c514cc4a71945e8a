import { Command, InvalidArgumentError, Option } from 'commander';
import { type LossName, lossNames } from './losses.ts';
import { curveNames, formats } from './request.ts';

/** Where a command line writes what it says, and how wide a line may be there. */
export interface Writers {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Unknown where there is no terminal. */
  readonly columns?: number | undefined;
}

/** The command line of `pnpm regression`; its options are a `Request`. It never ends the process by itself. */
export function commandLine({ out, err }: Writers): Command {
  return new Command('pnpm regression')
    .description(
      'Fits the same small network to noisy points with outliers under several losses, and shows what each loss did to the fit.',
    )
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .allowExcessArguments(false)
    .addOption(new Option('--data <curve>', 'y = sin x, or y = 2x + 1').choices(curveNames).default('sine'))
    .addOption(new Option('--count <points>', 'how many points').default(120).argParser(wholeNumber(2, 100_000)))
    .addOption(new Option('--noise <number>', 'standard deviation of the noise').default(0.1).argParser(notNegative))
    .addOption(new Option('--outliers <share>', 'share of outliers, from 0 to 1').default(0.15).argParser(share))
    .addOption(
      new Option('--distance <number>', 'how far off an outlier lies at least; at most twice as far')
        .default(3)
        .argParser(notNegative),
    )
    .addOption(
      new Option('--losses <names>', `losses with commas between them: ${lossNames.join(', ')}`)
        .default(['l2', 'l1', 'huber', 'smooth-l1'], 'l2,l1,huber,smooth-l1')
        .argParser(readLosses),
    )
    .addOption(
      new Option('--delta <number>', 'δ of Huber, where its parabola becomes a line').default(1).argParser(number),
    )
    .addOption(
      new Option('--beta <number>', 'β of smooth L1, where its parabola becomes a line').default(0.1).argParser(number),
    )
    .addOption(
      new Option('--quantile <share>', 'q, the share of targets that should lie below the fit')
        .default(0.5)
        .argParser(number),
    )
    .addOption(
      new Option('--hidden <units>', 'hidden units of the network').default(16).argParser(wholeNumber(1, 1000)),
    )
    .addOption(new Option('--steps <count>', 'steps of training').default(1000).argParser(wholeNumber(1, 1_000_000)))
    .addOption(
      new Option('--learning-rate <rate>', 'step size of Adam to begin with; falls to 0 along a cosine')
        .default(0.02)
        .argParser(positive),
    )
    .addOption(new Option('--seed <number>', 'seed of points and first weights').default(1).argParser(wholeNumber(0)))
    .addOption(new Option('--svg <file>', 'write a picture of the fits there (default: none)'))
    .addOption(new Option('--format <format>', 'form of the result').choices(formats).default('text'))
    .addHelpText('after', notes)
    .showHelpAfterError('(npx pnpm regression --help lists all options)');
}

const notes = `
Exit codes: 0 fitted, 1 something went wrong, 2 wrong command line.

Examples:
  npx pnpm regression
  npx pnpm regression --outliers 0              # without outliers the losses agree
  npx pnpm regression --losses huber,log-cosh --delta 0.2
  npx pnpm regression --data line --svg fits.svg`;

/** In the order of `lossNames`, each once: the same picture whatever the order of the words. */
function readLosses(text: string): readonly LossName[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !lossNames.some((known) => known === name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`There is no loss "${unknown}". Wanted some of ${lossNames.join(', ')}.`);
  }
  return lossNames.filter((name) => names.includes(name));
}

function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Wanted a whole number ${range}.`);
  };
}

/** Any finite number: what it must lie between, the loss itself checks. */
const number = within(() => true, 'a number');
const notNegative = within((value) => value >= 0, 'a number of at least 0');
const positive = within((value) => value > 0, 'a number greater than 0, such as 0.01');
const share = within((value) => value >= 0 && value <= 1, 'a share from 0 to 1, such as 0.15');

function within(isRight: (value: number) => boolean, wanted: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && isRight(value)) return value;
    throw new InvalidArgumentError(`Wanted ${wanted}.`);
  };
}
