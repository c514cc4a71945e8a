import { broadcastTo, type Step, Tape, tensor } from '@tapegrad/core';
import { expect, test } from 'vitest';
import { samples } from '../../test/operations.ts';
import { evaluate } from '../../test/reading.ts';
import { slopesOf } from '../derivation/jacobian.ts';
import { formulasOf } from './formulasOf.ts';
import { rightSide } from './instantiate.ts';

/** Attributes are written with six digits. */
const tolerance = 3e-6;

const isClose = (written: number, computed: number): boolean =>
  Object.is(written, computed) || Math.abs(written - computed) <= tolerance * Math.max(1, Math.abs(computed));

/** The numbers of an input, each for the element of the output with the same index. */
function numbersOf(step: Step, tape: Tape, input: string): ArrayLike<number> {
  const x = tape.steps[step.inputs[input]].output;
  return broadcastTo(tensor(x.read(), { shape: x.shape }), step.output.shape).read();
}

/** What is written and what is computed, wherever the formulas of a step can be read. */
function compare(step: Step, tape: Tape): { read: string[]; unread: string[] } {
  const formulas = formulasOf(step, tape.steps);
  const names = Object.keys(step.inputs);
  if (!formulas.isElementwise || names.length === 0) return { read: [], unread: [] };
  const inputs = names.map((name) => [name, numbersOf(step, tape, name)] as const);
  const output = step.output.read();
  const value = rightSide(formulas.value);
  const pairs = [
    ...(value ? [{ of: 'value', text: value.text, computed: output }] : []),
    ...Object.entries(formulas.inputs).map(([name, { derivative }]) => ({
      of: `slope by ${name}`,
      text: derivative.text.split(' = ').slice(1).join(' = '),
      computed: slopesOf(tape, step, name)?.read() ?? [],
    })),
  ];
  const [read, unread]: [string[], string[]] = [[], []];
  for (const { of, text, computed } of pairs) {
    const written = Array.from(computed, (_, index) =>
      evaluate(text, {
        ...Object.fromEntries(inputs.map(([name, numbers]) => [name, numbers[index]])),
        ...(of === 'value' ? {} : { [formulas.output]: output[index] }),
      }),
    );
    const entry = `${step.operation}, ${of}: ${text}`;
    const isRead = written.every((number) => number !== undefined);
    (isRead ? read : unread).push(entry);
    const wrong = written.filter((number, index) => isRead && !isClose(number as number, computed[index]));
    expect({ entry, wrong }).toEqual({ entry, wrong: [] });
  }
  return { read, unread };
}

test('ops that work element by element are what their formulas say', () => {
  const [read, unread] = [new Set<string>(), new Set<string>()];
  for (const { inputs, call } of Object.values(samples)) {
    using tape = new Tape();
    call(...inputs.map((x) => tape.watch(x)));
    for (const step of tape.steps) {
      const found = compare(step, tape);
      for (const entry of found.read) read.add(entry);
      for (const entry of found.unread) unread.add(entry);
    }
  }
  if (unread.size > 0) console.log(`formulas that this test cannot read:\n  ${[...unread].join('\n  ')}`);
  expect(read.size).toBeGreaterThanOrEqual(71);
});
