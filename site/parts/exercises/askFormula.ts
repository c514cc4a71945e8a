import type { FormulaQuestion, FormulaValues } from '../../chapters/formulaValues.ts';

let worker: Worker | undefined;
let last: Promise<unknown> = Promise.resolve();

/** Computes a formula in a worker, which is loaded for the first of them: one question after another. */
export function askFormula(question: FormulaQuestion): Promise<FormulaValues> {
  const answer = last.then(() => asked(question));
  last = answer.catch(() => undefined);
  return answer;
}

function asked(question: FormulaQuestion): Promise<FormulaValues> {
  worker ??= new Worker(new URL('../../chapters/formulaWorker.ts', import.meta.url), { type: 'module' });
  const current = worker;
  return new Promise((resolve, reject) => {
    current.onmessage = ({ data }: MessageEvent<FormulaValues>) => resolve(data);
    current.onerror = () => {
      // It could not be loaded, or has died: the next question begins with another.
      worker = undefined;
      reject(new Error('the worker that computes formulas is gone'));
    };
    current.postMessage(question);
  });
}
