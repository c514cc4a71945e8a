import type { OfferedTable } from '../../share/offered.ts';
import type { Known } from './store.ts';
import type { TrainingWords } from './words.ts';

/** All steps of a training, and all of its tests, to be taken away: the page itself lists the last few. */
export function stepTables({ losses, accuracies, tests }: Known, words: TrainingWords): OfferedTable[] {
  return [
    {
      title: words.lossTitle,
      rows: [
        [words.stepCount, words.loss, words.batchAccuracy],
        ...losses.map((loss, index) => [index + 1, loss, accuracies[index]]),
      ],
    },
    {
      title: words.accuracyTitle,
      rows: [[words.stepCount, words.testAccuracy], ...tests.map(({ step, accuracy }) => [step, accuracy])],
    },
  ];
}
