import type { Program } from './growing.ts';

/*
 * What is computed while the memory grows: every op, and models that have every layer between them, with their gradients.
 */

/** What is computed, by its name: its value and gradients, one after the other. */
export type Computations = Readonly<Record<string, () => number[]>>;

/** What each op gives for the numbers that it is tried with elsewhere, in float32, and the gradients of its sum of squares. */
export function everyOp(
  { core }: Program,
  { samples }: typeof import('../packages/explain/test/operations.ts'),
): Computations {
  const { cast, Parameter, square, sum, Tape } = core;
  const one =
    ({ inputs, call }: (typeof samples)[string]) =>
    (): number[] => {
      const parameters = inputs.map((x, index) => new Parameter(`x${index}`, cast(x, 'float32')));
      using tape = new Tape();
      const y = call(...parameters.map((x) => tape.watch(x)));
      const gradients = tape.gradients(sum(square(cast(y, 'float32'))));
      const found = parameters.filter((x) => gradients.has(x)).map((x) => gradients.get(x));
      return [y, ...found].flatMap((each) => [...each.toFlatArray()]);
    };
  return Object.fromEntries(Object.entries(samples).map(([name, sample]) => [name, one(sample)]));
}

/** What models say that have all layers between them, while they train, and the gradients of all parameters. */
export function everyModel(
  { core }: Program,
  { architectures, inputsOf, trained }: typeof import('../packages/onnx/test/architectures.ts'),
): Computations {
  const { Random, square, sum, Tape } = core;
  const one = (architecture: (typeof architectures)[number]) => (): number[] => {
    const model = trained(architecture);
    using tape = new Tape();
    const x = tape.watch(inputsOf(architecture, 2), 'x');
    // Dropout would scale indices.
    const isNumeric = architecture.indices === undefined;
    const y = model.call(x, { training: isNumeric, random: new Random(1) });
    const numbers = [y, ...model.buffers.map(({ value }) => value)];
    // Some layers are flat everywhere, as that of `sign`: nothing leads back through them.
    if (tape.steps[tape.indexOf(y) ?? 0].needsGradient) {
      const gradients = tape.gradients(sum(square(y)));
      for (const leaf of [x, ...model.parameters]) if (gradients.has(leaf)) numbers.push(gradients.get(leaf));
    }
    return numbers.flatMap((each) => [...each.toFlatArray()]);
  };
  return Object.fromEntries(architectures.map((each) => [each.name, one(each)]));
}

/** Fails unless the numbers are the same, to the bit. */
export function expectSame(name: string, seen: readonly number[], wanted: readonly number[]): void {
  if (seen.length !== wanted.length) throw new Error(`${name}: ${seen.length} numbers for ${wanted.length}`);
  const index = seen.findIndex((number, index) => !Object.is(number, wanted[index]));
  if (index >= 0) throw new Error(`${name}: ${seen[index]} for ${wanted[index]} at ${index}`);
}
