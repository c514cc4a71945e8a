import { type FormulaQuestion, formulaValues } from './formulaValues.ts';

addEventListener('message', ({ data }: MessageEvent<FormulaQuestion>) => postMessage(formulaValues(data)));
