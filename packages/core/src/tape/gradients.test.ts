import { expect, test } from 'vitest';
import { messagesOf } from '../../test/messages.ts';
import { multiply, Parameter, square, sum, Tape, tensor } from '../index.ts';

test('knows which gradients it holds', () => {
  using tape = new Tape();
  const w = new Parameter('w', tensor([1, 2]));
  const x = tape.watch([3, 4]);
  const gradients = tape.gradients(sum(multiply(w, x)));
  expect(gradients.size).toBe(2);
  expect([gradients.has(w), gradients.has(x), gradients.has(tensor([1, 2]))]).toEqual([true, true, false]);
  expect(gradients.get(w).toList()).toEqual([3, 4]);
  expect(gradients.get(x).shape).toEqual([2]);
});

test('knows a parameter by what it is, and by how it stands on the tape', () => {
  using tape = new Tape();
  const w = new Parameter('w', tensor(3));
  const watched = tape.watch(w);
  const gradients = tape.gradients(square(watched));
  expect([gradients.get(w).item(), gradients.get(watched).item(), gradients.size]).toEqual([6, 6, 1]);
});

test('every message', () => {
  using tape = new Tape();
  const [used, idle, unknown] = ['used', 'idle', 'unknown'].map((name) => new Parameter(name, tensor([1, 2])));
  const hidden = square(used);
  multiply(tape.watch([1, 2]), idle);
  const gradients = tape.gradients(sum(multiply(tape.constant([1, 2]), hidden)));
  expect(
    messagesOf({
      'a parameter that the loss does not depend on': () => gradients.get(idle),
      'a parameter that the tape never met': () => gradients.get(unknown),
      'an intermediate value': () => gradients.get(hidden),
      'another tensor': () => gradients.get(tensor([1])),
      'after the end of the tape': () => {
        tape.release();
        gradients.get(used);
      },
      'even to ask whether there is one': () => gradients.has(used),
    }),
  ).toMatchInlineSnapshot(`
    {
      "a parameter that the loss does not depend on": "TapeError: gradients.get: the parameter idle, for which there is no gradient: the loss does not depend on it, or it was not asked for; wanted a parameter or a watched tensor that the loss was computed from. Ask \`has\` first, or name it: \`tape.gradients(loss, { withRespectTo: [x] })\`.",
      "a parameter that the tape never met": "TapeError: gradients.get: the parameter unknown, for which there is no gradient: the tape never met it; wanted a parameter or a watched tensor that the loss was computed from. Ask \`has\` first, or name it: \`tape.gradients(loss, { withRespectTo: [x] })\`.",
      "after the end of the tape": "TapeError: gradients: gradients whose tape has ended, and their numbers with it; wanted gradients of a tape that still runs. Hand them to the optimiser before the end of the \`using\` block, or keep copies with \`detach\`.",
      "an intermediate value": "TapeError: gradients.get: a tensor of shape [2], for which there is no gradient: the loss does not depend on it, or it was not asked for; wanted a parameter or a watched tensor that the loss was computed from. Ask \`has\` first, or name it: \`tape.gradients(loss, { withRespectTo: [x] })\`.",
      "another tensor": "TapeError: gradients.get: a tensor of shape [1], for which there is no gradient: the tape never met it; wanted a parameter or a watched tensor that the loss was computed from. Ask \`has\` first, or name it: \`tape.gradients(loss, { withRespectTo: [x] })\`.",
      "even to ask whether there is one": "TapeError: gradients: gradients whose tape has ended, and their numbers with it; wanted gradients of a tape that still runs. Hand them to the optimiser before the end of the \`using\` block, or keep copies with \`detach\`.",
    }
  `);
});
