import { softmax, type Tensor, tensor } from '@tapegrad/core';
import { softmaxCrossEntropy } from '@tapegrad/nn';
import { latexNumber } from '../../../parts/shownNumber.ts';
import type { EndOf } from '../ends.ts';
import type { Settings } from '../fields.ts';
import type { Curve, Result } from '../result.ts';
import { figureOf, type Observed, observe } from './observe.ts';

/** A softmax before a loss that has one of its own. */
export function twice({ classes, certainty }: Settings, isMended: boolean): Result<EndOf<'twice'>> {
  const once = observe((tape) => {
    const logits = tape.watch(certain(classes, certainty), 'logits');
    return { loss: softmaxCrossEntropy(logits, [0]), by: logits };
  });
  const doubled = observe((tape) => {
    const logits = tape.watch(certain(classes, certainty), 'logits');
    return { loss: softmaxCrossEntropy(softmax(logits), [0]), by: logits };
  });
  const own = isMended ? once : doubled;
  const [loss, reference] = [own.loss ?? Number.NaN, once.loss ?? Number.NaN];
  return {
    end: own.loss === undefined ? 'error' : loss > reference + 1e-9 ? 'higher' : 'same',
    figures: [
      figureOf('loss', 'L', loss),
      figureOf('lossOnce', 'L_1', reference),
      figureOf('pull', '|\\partial L / \\partial z_0|', pullOf(own), 'gradient'),
      figureOf('pullOnce', '|\\partial L_1 / \\partial z_0|', pullOf(once), 'gradient'),
      figureOf(
        'harm',
        '|\\partial L_1 / \\partial z_0| \\, / \\, |\\partial L / \\partial z_0|',
        pullOf(once) / pullOf(own),
      ),
    ],
    messages: own.messages,
    formulas: isMended ? onceFormulas(classes, certainty, reference) : twiceFormulas(classes),
    curves: [curve('once', classes, (z) => softmaxCrossEntropy(z, [0])), ...(isMended ? [] : [twiceCurve(classes)])],
  };
}

const pullOf = ({ gradient }: Observed): number => Math.abs(gradient[0] ?? Number.NaN);

function certain(classes: number, certainty: number): Tensor {
  return tensor([[certainty, ...new Array<number>(classes - 1).fill(0)]], { dtype: 'float64' });
}

function twiceCurve(classes: number): Curve {
  return curve('twice', classes, (z) => softmaxCrossEntropy(softmax(z), [0]));
}

/** The loss against how certain the model is. */
function curve(name: string, classes: number, loss: (z: Tensor) => Tensor): Curve {
  const points: [number, number][] = [];
  // Their warnings are those of the run itself, and are not told again.
  observe((tape) => {
    for (let z = -20; z <= 40; z += 0.5) points.push([z, loss(certain(classes, z)).item()]);
    const nothing = tape.watch(certain(classes, 0));
    return { loss: loss(nothing), by: nothing };
  });
  return { name, points };
}

function twiceFormulas(classes: number): string[] {
  const floor = softmaxFloor(classes);
  return [
    'z \\to \\infty: \\quad \\mathrm{softmax}(z) \\to (1, 0, \\ldots, 0)',
    `L \\to -\\ln \\frac{e^1}{e^1 + ${classes - 1} \\cdot e^0} = \\ln(e + ${classes - 1}) - 1 = ${latexNumber(floor, 6)}`,
  ];
}

function onceFormulas(classes: number, certainty: number, loss: number): string[] {
  const z = latexNumber(certainty);
  return [`L = \\ln(e^{${z}} + ${classes - 1}) - ${z} = ${latexNumber(loss, 6)} \\to 0`];
}

/** What is left however certain the model is: the loss of the logits (1, 0, …, 0). */
function softmaxFloor(classes: number): number {
  let floor = Number.NaN;
  observe((tape) => {
    const best = tape.watch(certain(classes, 1));
    const loss = softmaxCrossEntropy(best, [0]);
    floor = loss.item();
    return { loss, by: best };
  });
  return floor;
}
