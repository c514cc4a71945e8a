import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** A program for a machine on which no code is made from text, as on a page with a strict content security policy. */
const program = `
  const [{ Tape, argMax, concat, tensor, transpose }, { batches, builtInDigits }] = await Promise.all(
    ['core', 'datasets'].map((name) => import('${fileURLToPath(new URL('../packages', import.meta.url))}/' + name + '/dist/index.js')),
  );
  let refused = false;
  try { new Function(''); } catch (error) { refused = error instanceof EvalError; }
  const tape = new Tape();
  const x = transpose(tape.constant([[1, 2], [3, 4]]));
  const [batch] = batches(builtInDigits().train, { batchSize: 2 });
  console.log(JSON.stringify({
    refused,
    joined: concat([x, x], { axis: 1 }),
    row: [...Array(2).keys()].map((at) => x.toNdarray().pick(1).get(at)),
    indices: [...argMax(x, { axis: 1 }).data],
    images: tensor(batch.images).shape,
  }));
`;

test('core and datasets work where no code may be made from text', () => {
  const flags = ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', program];
  expect(JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8' }))).toEqual({
    refused: true,
    joined: [
      [1, 3, 1, 3],
      [2, 4, 2, 4],
    ],
    row: [2, 4],
    indices: [1, 1],
    images: [2, 1, 28, 28],
  });
});
