import type { Shown } from './compute/shown.ts';
import type { Look } from './walk.ts';
import { operandIn } from './written.ts';

/** What is worth saying of a number, by the name of its words. */
export type Remark =
  | 'tie'
  | 'chosen'
  | 'notChosen'
  | 'shared'
  | 'kink'
  | 'flat'
  | 'passes'
  | 'bent'
  | 'dropped'
  | 'kept'
  | 'wholeBatch'
  | 'sumsToZero'
  | 'perRow'
  | 'everyPosition'
  | 'turned'
  | 'unread';

/** The remark that fits the number looked at; the most particular one, where several do. */
export function remarkOn(shown: Shown, look: Look): Remark | undefined {
  const { view } = shown;
  const { form } = view;
  if (look.grid !== 'output' && !operandIn(view, look.grid).isLinked.some((row) => row[look.at])) return 'unread';
  switch (form.layer) {
    case 'dense':
      return look.grid === 'output' || look.grid === 'x' ? undefined : 'perRow';
    case 'convolution':
      if (look.grid === 'output') return undefined;
      return look.grid === 'x' ? 'turned' : 'everyPosition';
    case 'pooling':
      return form.pool === 'average' ? 'shared' : onMaximum(shown, look);
    case 'activation': {
      const x = operandIn(view, 'x');
      const slope = x.jacobian[look.at][look.at];
      if (x.numbers[look.at] === 0 && isJump(shown)) return 'kink';
      return slope === 0 ? 'flat' : slope === 1 ? 'passes' : 'bent';
    }
    case 'batchNorm':
      if (look.grid === 'output') return 'wholeBatch';
      return look.grid === 'x' ? 'sumsToZero' : 'perRow';
    case 'dropout':
      return operandIn(view, 'x').jacobian[look.at][look.at] === 0 ? 'dropped' : 'kept';
  }
}

function onMaximum({ view }: Shown, look: Look): Remark {
  const x = operandIn(view, 'x');
  const windows =
    look.grid === 'output' ? [look.at] : x.isLinked.flatMap((row, window) => (row[look.at] ? [window] : []));
  const isTied = windows.some((window) => {
    const largest = view.output.numbers[window];
    const equals = x.numbers.filter((number, at) => x.isLinked[window][at] && number === largest).length;
    return equals > 1 && (look.grid === 'output' || x.numbers[look.at] === largest);
  });
  if (isTied) return 'tie';
  if (look.grid === 'output') return 'chosen';
  return x.jacobian.some((row) => row[look.at] !== 0) ? 'chosen' : 'notChosen';
}

const isJump = ({ kinks, view }: Shown): boolean =>
  kinks?.find(({ name }) => name === view.form.activation)?.isKink ?? false;
