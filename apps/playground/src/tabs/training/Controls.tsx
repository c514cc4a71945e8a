import type { JSX } from 'preact';
import { LibrarySays } from '../../parts/LibrarySays.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Value } from '../../parts/Value.tsx';
import { shellWords } from '../../words/shell.ts';
import { useWords } from '../../words/words.ts';
import { workerCode } from '../../worker/protocol.ts';
import { meanOfLast, median } from './curves.ts';
import type { Order } from './protocol.ts';
import { RateField } from './RateField.tsx';
import type { Known } from './store.ts';
import { type TrainingWords, trainingWords } from './words.ts';

interface ControlsProps {
  readonly known: Known;
  readonly tell: (order: Order) => void;
  readonly onStartOver: () => void;
  readonly rate: number;
  readonly onRate: (rate: number) => void;
}

/** How many of the last batches the running accuracy is of. */
export const accuracySpan = 50;

/** Train, pause, step, start over; the learning rate; and how it goes. */
export function Controls({ known, tell, onStartOver, rate, onRate }: ControlsProps): JSX.Element {
  const words = useWords(trainingWords);
  const { beginning, isRunning, failure } = known;
  const isReady = beginning !== undefined;
  const shell = useWords(shellWords);
  const state = stateOf(known, words);
  return (
    <>
      <div class="training-buttons">
        <button
          type="button"
          class="primary"
          disabled={!isReady}
          onClick={() => tell({ kind: isRunning ? 'pause' : 'train' })}
        >
          <span aria-hidden="true">{isRunning ? '❚❚' : '▶'}</span> {isRunning ? words.pause : words.train}
        </button>
        <button type="button" disabled={!isReady} onClick={() => tell({ kind: 'step' })}>
          {words.step}
        </button>
        <button type="button" disabled={!isReady} onClick={onStartOver}>
          {words.startOver}
        </button>
        <p class="quiet training-state" role="status">
          {state}
        </p>
      </div>
      {failure?.code === workerCode && (
        <Notice kind="error">
          <p>{shell.noWorker}</p>
          <button type="button" onClick={onStartOver}>
            {shell.again}
          </button>
        </Notice>
      )}
      {failure && failure.code !== workerCode && (
        <Notice kind="error">
          <LibrarySays code={failure.code} text={failure.message} />
          {(failure.during === 'train' || failure.during === 'step') && <p>{words.failedStep}</p>}
          {failure.during === 'images' && <p>{words.failedFiles}</p>}
          {failure.during === 'load' && <p>{words.failedWeights}</p>}
        </Notice>
      )}
      <RateField label={words.learningRate} hint={words.liveHint} value={rate} onChange={onRate} />
      <Figures known={known} />
    </>
  );
}

function stateOf({ beginning, isRunning, step, failure }: Known, words: TrainingWords): string {
  if (!beginning) return failure ? '' : words.preparing;
  if (isRunning) return words.running;
  if (step > 0) return words.paused(step);
  return beginning.isLoaded ? words.loaded : words.ready;
}

function Figures({ known }: { readonly known: Known }): JSX.Element {
  const words = useWords(trainingWords);
  const { step, epoch, losses, accuracies, milliseconds, tests } = known;
  const figures: readonly [string, number | undefined, string, string][] = [
    [words.stepCount, step, 'step', ''],
    [words.epoch, epoch, 'epoch', ''],
    [words.loss, losses.at(-1), 'loss', ''],
    [words.batchAccuracy, 100 * meanOfLast(accuracies, accuracies.length, accuracySpan), 'batch-accuracy', ' %'],
    [
      words.testAccuracy,
      tests.length === 0 ? undefined : 100 * tests[tests.length - 1].accuracy,
      'test-accuracy',
      ' %',
    ],
    [words.stepTime, median(milliseconds), 'step-time', ' ms'],
  ];
  return (
    <dl class="training-figures">
      {figures.map(([label, number, name, unit]) => (
        <div key={name}>
          <dt>{label}</dt>
          <dd>
            {number === undefined || Number.isNaN(number) ? (
              '–'
            ) : (
              <>
                <Value of={number} digits={name === 'step' || name === 'epoch' ? 9 : 4} name={name} />
                {unit}
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
