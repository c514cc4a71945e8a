import { Tape } from '@tapegrad/core';
import { type Finding, shown } from './finding.ts';
import { type Trial, trainingFrom } from './trial.ts';

/** Below this share of the largest gradient, number by number, a layer hardly learns. */
const faint = 1e-5;

/** One step without its end: whether a gradient that is finite and not all 0 arrives at each parameter. */
export function liveGradients({ build, inputs, target, loss, seed }: Trial): readonly Finding[] {
  const model = build();
  using tape = new Tape();
  const gradients = tape.gradients(loss(model.call(tape.constant(inputs), trainingFrom(seed)), target));
  const sizes = model.parameters.map((parameter) => {
    const numbers = gradients.has(parameter) ? gradients.get(parameter).read() : undefined;
    return { name: parameter.name, size: numbers && rootMeanSquare(numbers) };
  });
  const named = (isSo: (size: number | undefined) => boolean): string =>
    sizes.flatMap(({ name, size }) => (isSo(size) ? [name] : [])).join(', ');
  const faults = [
    { names: named((size) => size === undefined), what: 'none at' },
    { names: named((size) => size === 0), what: 'all 0 at' },
    { names: named((size) => size !== undefined && !Number.isFinite(size)), what: 'NaN or infinite at' },
  ].filter(({ names }) => names !== '');
  const check = 'gradient of each parameter';
  const wanted = 'finite and not all 0, at each';
  if (faults.length > 0) {
    const seen = faults.map(({ names, what }) => `${what} ${names}`).join('; ');
    const remedy =
      'Look at the layers behind these: a ReLU that never opens, a value that was detached, a parameter that is not used.';
    return [{ check, verdict: 'failed', seen, wanted, remedy }];
  }
  const ordered = sizes.flatMap(({ name, size }) => (size === undefined ? [] : [{ name, size }]));
  ordered.sort((a, b) => a.size - b.size);
  const [least, most] = [ordered[0], ordered[ordered.length - 1]];
  const isFaint = least.size < faint * most.size;
  return [
    {
      check,
      verdict: isFaint ? 'doubtful' : 'passed',
      seen: `root mean square ${shown(least.size)} (${least.name}) to ${shown(most.size)} (${most.name})`,
      wanted,
      remedy: isFaint
        ? `Hardly anything arrives at ${least.name}: look at its first weights, and at what squashes behind it; a bias right before a normalisation has no effect, leave it out.`
        : '',
    },
  ];
}

function rootMeanSquare(numbers: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i] ** 2;
  return numbers.length === 0 ? 0 : Math.sqrt(sum / numbers.length);
}
