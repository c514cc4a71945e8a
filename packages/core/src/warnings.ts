import { checkFunction, checkHas } from './kinds.ts';
import { checkSurplus } from './options/index.ts';

/** A mistake that is likely, but not certain: something that can be computed and is hardly ever meant. */
export interface Warning {
  /** What kind of mistake, in capitals; the same across versions. To be used with {@link silence}. */
  readonly code: string;
  /** The operation it was seen in. */
  readonly operation: string;
  /** What was seen, with the numbers, and the way out. */
  readonly message: string;
}

const silenced = new Set<string>();
const told = new Set<string>();
const print = (warning: Warning): void => console.warn(`${warning.operation}: ${warning.message} [${warning.code}]`);
let listener: (warning: Warning) => void = print;

/**
 * Tells a warning, once for each code and operation.
 *
 * @example
 * const stop = onWarning(({ message }) => message);
 * warn({ operation: 'mine', code: 'MINE', message: 'a zero was left out' });
 * stop();
 */
export function warn(warning: Warning): void {
  checkHas('warn', 'warning', warning, ['code', 'operation', 'message'], {
    wanted: 'a warning: { code, operation, message }',
    remedy: 'Give all three of them',
  });
  const key = `${warning.code} ${warning.operation}`;
  if (silenced.has(warning.code) || told.has(key)) return;
  told.add(key);
  listener(warning);
}

/**
 * Silences the warnings of these codes from now on: `silence('PROBABILITIES_AS_LOGITS')`.
 *
 * @example silence('MINE');
 */
export function silence(...codes: readonly string[]): void {
  for (const code of codes) silenced.add(code);
}

/**
 * Hands warnings to `listen` instead of the console, and tells again what was told or silenced before. Returns a function
 * that goes back to the console.
 *
 * @example
 * const heard: string[] = [];
 * const stop = onWarning(({ code }) => heard.push(code));
 * warn({ operation: 'mine', code: 'MINE', message: 'a zero was left out' });
 * stop();
 * heard // ["MINE"]
 */
export function onWarning(listen: (warning: Warning) => void, ...surplus: []): () => void {
  checkSurplus('onWarning', surplus);
  checkFunction(
    'onWarning',
    'listen',
    listen,
    'Give what is to be done with a warning: `(warning) => log(warning.message)`',
  );
  listener = listen;
  silenced.clear();
  told.clear();
  return () => {
    listener = print;
    silenced.clear();
    told.clear();
  };
}
