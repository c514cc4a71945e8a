import { Random, softmaxCrossEntropyRows, Tape } from '@tapegrad/core';
import { describeTape, fromJson, toJson } from '@tapegrad/explain';
import {
  Conv2d,
  Dense,
  Flatten,
  ReLU,
  readCheckpoint,
  readSafetensors,
  Sequential,
  saveModel,
  writeCheckpoint,
} from '@tapegrad/nn';
import { exportOnnx, importOnnx } from '@tapegrad/onnx';
import fc from 'fast-check';
import { inProcess } from '../../apps/loss-lab/test/inProcess.ts';
import { commandLine } from '../../apps/mnist/src/options.ts';
import { readAddress } from '../../apps/playground/src/address/address.ts';
import { type Fields, readFields } from '../../apps/playground/src/address/fields.ts';
import { breakingFields } from '../../apps/playground/src/tabs/breaking/fields.ts';
import { convolutionFields } from '../../apps/playground/src/tabs/convolution/fields.ts';
import { depthFields } from '../../apps/playground/src/tabs/depth/fields.ts';
import { distributionFields } from '../../apps/playground/src/tabs/distributions/fields.ts';
import { layerFields } from '../../apps/playground/src/tabs/layers/fields.ts';
import { lossFields } from '../../apps/playground/src/tabs/losses/fields.ts';
import { marginFields } from '../../apps/playground/src/tabs/margins/fields.ts';
import { optimiserFields } from '../../apps/playground/src/tabs/optimisers/fields.ts';
import { fields as stepFields } from '../../apps/playground/src/tabs/steps/fields.ts';
import { fields as trainingFields } from '../../apps/playground/src/tabs/training/fields.ts';
import { anyDataset } from '../../packages/datasets/test/anyDataset.ts';
import { mutationsOf } from '../../packages/datasets/test/mutations.ts';
import { readers } from '../../packages/datasets/test/readers.ts';
import { SmallRun } from '../../packages/nn/test/run.ts';

import { lateReadsTarget } from './lateReads.ts';
import { twoRunsTarget } from './twoRuns.ts';
import { unknownOptionsTarget } from './unknownOptions.ts';
import { wrongKindsTarget } from './wrongKinds.ts';

/** Something that takes input from outside, and what may come: anything at all, and what was right and is not any more. */
export interface Target {
  readonly name: string;
  readonly inputs: fc.Arbitrary<unknown>;
  /** How many cases there are where nobody names minutes. Default: as many as of all. */
  readonly cases?: number;
  /** Ends in a value or a typed error. */
  readonly read: (input: unknown) => unknown;
}

/** All that reads bytes, texts, command lines and addresses. */
export async function allTargets(): Promise<Target[]> {
  const model = new Sequential(
    [new Conv2d({ outChannels: 2, kernelSize: 3 }), new ReLU(), new Flatten(), new Dense({ outFeatures: 3 })],
    { inputShape: [1, 5, 5], random: new Random(1) },
  );
  const progress = { step: 5, epoch: 1, stepInEpoch: 5, totalLoss: 3 };
  const checkpoint = await writeCheckpoint(new SmallRun().checkpoint(progress));
  return [
    // Beside them, packages/datasets/src/formats/fuzz.test.ts has some hundreds of cases for each file of each reader.
    ...readers.map(([name, read, files]) => ({ ...bytesTarget(name, read, files), cases: 200 })),
    bytesTarget('safetensors', (bytes) => [...readSafetensors(bytes).tensors.values()], [saveModel(model)]),
    bytesTarget('a checkpoint', (bytes) => readCheckpoint(bytes), [checkpoint]),
    bytesTarget('ONNX', (bytes) => importOnnx(bytes, { externalData: () => new Uint8Array(64) }), [exportOnnx(model)]),
    bytesTarget('a tape as JSON', (bytes) => fromJson(new TextDecoder().decode(bytes)), [writtenTape()]),
    ...tabs.map(addressTarget),
    anyDataset,
    lateReadsTarget,
    twoRunsTarget,
    unknownOptionsTarget,
    wrongKindsTarget,
    commandTarget(
      'the command line of mnist',
      (words) => commandLine().exitOverride().configureOutput(silent).parse(words, { from: 'user' }),
      [
        ['--epochs', '3', '--batch-size', '64', '--learning-rate', '1e-3', '--seed', '7', '--threads', '2'],
        ['--checkpoint', 'run', '--checkpoint-every', '10', '--resume', '--digits', '--metrics', 'run.jsonl'],
      ],
    ),
    // Beside them, apps/loss-lab/src/anyInput.test.ts has 300 of any loss and any numbers. An answer is a page long.
    {
      ...commandTarget('the command line of the Loss Lab', lossLab, [
        ['softmax-cross-entropy', '--logits', '3,1,-3', '--target', '0', '--label-smoothing', '.1'],
        ['huber', '--prediction', '2.5', '--target', '0', '--delta', '1', '--format', 'json'],
        ['kl', '--p', '.7,.2,.1', '--q', '.2,.6,.2', '--base', '10', '--dtype', 'float32'],
      ]),
      cases: 300,
    },
  ];
}

/** The Loss Lab catches its errors itself: one that it did not expect it shows with its stack. */
async function lossLab(words: readonly string[]): Promise<number> {
  const { code, err } = await inProcess(...words);
  if (/^\s+at .+:\d+:\d+\)?$/m.test(err)) throw new Error(err);
  return code;
}

const tabs: readonly Fields[] = [
  stepFields,
  lossFields,
  distributionFields,
  breakingFields,
  marginFields,
  layerFields,
  depthFields,
  optimiserFields,
  convolutionFields,
  trainingFields,
];

const silent = { writeOut: (): void => {}, writeErr: (): void => {} };

function bytesTarget(name: string, read: (bytes: Uint8Array) => unknown, files: readonly Uint8Array[]): Target {
  const inputs = fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
    ...files.map((file) => ({ weight: 3, arbitrary: mutationsOf(file) })),
  );
  return { name, inputs, read: (input) => read(input as Uint8Array) };
}

function writtenTape(): Uint8Array {
  using tape = new Tape();
  const logits = tape.watch([[3, 1, Number.NaN]], 'logits');
  const output = softmaxCrossEntropyRows(logits, [[1, 0, 0]]);
  return new TextEncoder().encode(toJson(describeTape(tape, { output, cotangent: output })));
}

/** Words that are right, that are nearly right, and that are nothing at all. */
const word = fc.oneof(
  // Options that are nearly right, and those of other frameworks.
  fc.constantFrom('--lr', '--learning-rat', '--batchsize', '--epoch', '--resum', '--save', '--report', '--checkpoint'),
  fc.constantFrom(
    '0',
    '-1',
    '1e400',
    'nan',
    '-Infinity',
    '',
    ' ',
    '--',
    '-',
    '__proto__',
    'constructor',
    '../../x',
    '\u0000',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.double().map(String),
  fc.array(fc.double(), { maxLength: 5 }).map((numbers) => numbers.join(',')),
);

function commandTarget(name: string, read: (words: string[]) => unknown, right: readonly string[][]): Target {
  const changed = fc
    .constantFrom(...right)
    .chain((words) =>
      fc
        .array(fc.tuple(fc.nat(words.length), fc.nat(1), word), { maxLength: 3 })
        .map((edits) => edits.reduce((list, [index, taken, other]) => list.toSpliced(index, taken, other), words)),
    );
  // What writes a file is not called here: the loss lab's --output, for one.
  const inputs = fc
    .oneof(changed, fc.array(word, { maxLength: 6 }))
    .filter((words) => !words.some((each) => /^-+o/.test(each)));
  return { name, inputs, read: (input) => read(input as string[]) };
}

function addressTarget(fields: Fields): Target {
  const names = [...Object.keys(fields), '__proto__', 'toString'];
  const inputs = fc
    .array(fc.tuple(fc.constantFrom(...names), word), { maxLength: 8 })
    .map((pairs) => `#tab?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`);
  const read = (input: unknown): unknown => readFields(fields, readAddress(String(input)).state);
  return { name: `the address of a tab with ${Object.keys(fields).slice(0, 3).join(', ')}`, inputs, read };
}
