import type { ImageDataset } from '@tapegrad/datasets';
import type { Finding } from '@tapegrad/nn';

/** How rare the rarest class may be beside the most frequent one before accuracy says little. */
const balance = 0.5;

/** Whether each label names one of the classes. */
export function labelRange({ name, labels, classes }: ImageDataset): Finding {
  const numbers = labelsOf(labels);
  const wrong = numbers.filter((label) => label >= classes.length).length;
  return {
    check: `labels of ${name}`,
    verdict: wrong === 0 && numbers.length > 0 ? 'passed' : 'failed',
    seen:
      wrong === 0
        ? `${numbers.length} labels, all of them classes`
        : `${wrong} of ${numbers.length} labels above ${classes.length - 1}`,
    wanted: `whole numbers from 0 to ${classes.length - 1}, one for each image`,
    remedy: wrong === 0 && numbers.length > 0 ? '' : 'Look at how the labels are read, and whether they begin at 0.',
  };
}

/** How often each class occurs. */
export function classBalance({ name, labels, classes }: ImageDataset): Finding {
  const counts = new Array<number>(classes.length).fill(0);
  for (const label of labelsOf(labels)) if (label < counts.length) counts[label]++;
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const verdict = least === 0 ? 'failed' : least < balance * most ? 'doubtful' : 'passed';
  const missing = classes.filter((_, label) => counts[label] === 0);
  const of = (count: number): string => `${count} of ‘${classes[counts.indexOf(count)]}’`;
  return {
    check: `classes of ${name}`,
    verdict,
    seen:
      least === 0
        ? `none of ${missing.map((each) => `‘${each}’`).join(', ')}; at most ${of(most)}`
        : least === most
          ? `${most} of each`
          : `from ${of(least)} to ${of(most)}`,
    wanted: 'some of each, the rarest at least half as often as the most frequent',
    remedy: {
      passed: '',
      doubtful:
        'Look at precision and recall class by class, for accuracy hides the rare ones; weigh classes in the loss.',
      failed:
        'Take more images, or shuffle them before some are taken; what was never seen cannot be learnt or tested.',
    }[verdict],
  };
}

function labelsOf(labels: ImageDataset['labels']): number[] {
  return Array.from({ length: labels.shape[0] }, (_, at) => labels.get(at));
}
