import { Gradients, Parameter, Random, square, sum, Tape, type Tensor, tensor, zeros } from '@tapegrad/core';
import { ndarrayOf } from '@tapegrad/core/authors';
import { arraySource, builtInDigits, shift } from '@tapegrad/datasets';
import { Add, Conv2d, Dense, Flatten, input, ReLU, Sequential, SGD, saveModel, weightsOf } from '@tapegrad/nn';
import { jpegs } from '../packages/datasets/test/jpegs.ts';

/** The arguments of a call that is right, made anew each time. */
export type RightCalls = Readonly<Record<string, () => readonly unknown[]>>;

const signal = (): Tensor => zeros([1, 2, 5]);
const image = (): Tensor => zeros([1, 2, 5, 5]);
const volume = (): Tensor => zeros([1, 2, 5, 5, 5]);
const row = (): readonly unknown[] => [
  tensor([
    [1, 2],
    [3, 4],
  ]),
];
const pair = (): readonly unknown[] => [tensor([1, 2]), tensor([3, 4])];
const parameter = (): Parameter => new Parameter('w', tensor([1, 2]));
const random = (): Random => new Random(1);
const model = (): Sequential =>
  new Sequential(
    [new Conv2d({ outChannels: 2, kernelSize: 3 }), new ReLU(), new Flatten(), new Dense({ outFeatures: 2 })],
    {
      inputShape: [1, 5, 5],
      random: random(),
    },
  );
const gradients = (): Gradients => new Gradients(() => 0, new Map([[0, tensor([1, 2])]]));
const each = (names: string, call: () => readonly unknown[]): RightCalls =>
  Object.fromEntries(names.split(' ').map((name) => [name, call]));
const bytes = (...content: number[]): Uint8Array => Uint8Array.from(content);

export const coreCalls: RightCalls = {
  ...each(
    'abs cast detach elu erf exp gelu hardSigmoid leakyRelu log logCosh logSoftmax logSumExp max mean mish min',
    row,
  ),
  ...each(
    'negate norm product relu reshape selu sigmoid sign silu softmax softplus sqrt square standardDeviation',
    row,
  ),
  ...each('standardise sum tanh transpose variance argMax argMin', row),
  ...each('add divide equal greater greaterOrEqual maximum minimum multiply pow subtract', pair),
  ...each('globalAvgPool globalMaxPool instanceNorm layerNorm batchNormTraining hasNonFinite', () => [
    tensor([
      [
        [1, 2],
        [3, 5],
      ],
      [
        [2, 2],
        [3, 4],
      ],
    ]),
  ]),
  ...each('celu hardSwish relu6 softsign', row),
  adaptiveMaxPool1d: () => [signal(), { outputSize: 2 }],
  adaptiveMaxPool1dWithIndices: () => [signal(), { outputSize: 2 }],
  flip: () => [signal(), { axes: [1] }],
  hessian: () => [(x: Tensor) => sum(square(x)), [1, 2]],
  hessianVectorProduct: () => [(x: Tensor) => sum(square(x)), [1, 2], [1, 0]],
  interpolate: () => [signal(), { size: 3 }],
  jacobian: () => [(x: Tensor) => square(x), [1, 2]],
  prelu: () => [signal(), [0.1, 0.2]],
  split: () => [signal(), 1],
  topK: () => [tensor([1, 2, 3]), { k: 2 }],
  Parameter: () => ['w', tensor([1, 2])],
  Random: () => [1],
  Tape: () => [],
  adaptiveAvgPool1d: () => [signal(), { outputSize: 2 }],
  adaptiveAvgPool2d: () => [image(), { outputSize: 2 }],
  adaptiveMaxPool2d: () => [image(), { outputSize: 2 }],
  adaptiveMaxPool2dWithIndices: () => [image(), { outputSize: 2 }],
  avgPool1d: () => [signal(), { kernelSize: 2 }],
  avgPool2d: () => [image(), { kernelSize: 2 }],
  avgPool3d: () => [volume(), { kernelSize: 2 }],
  batchNorm: () => [image(), { mean: [0, 0], variance: [1, 1] }],
  bilinearSample: () => [image(), zeros([1, 1, 3]), zeros([1, 1, 3])],
  broadcastTo: () => [tensor([1, 2]), [3, 2]],
  cast: () => [tensor([1]), 'float64'],
  clamp: () => [tensor([1]), { min: 0 }],
  concat: () => [[tensor([1]), tensor([2])]],
  conv1d: () => [signal(), zeros([3, 2, 2])],
  conv2d: () => [image(), zeros([3, 2, 2, 2])],
  conv3d: () => [volume(), zeros([3, 2, 2, 2, 2])],
  convTranspose1d: () => [signal(), zeros([2, 3, 2])],
  convTranspose2d: () => [image(), zeros([2, 3, 2, 2])],
  convTranspose3d: () => [volume(), zeros([2, 3, 2, 2, 2])],
  cumulativeSum: () => [tensor([1, 2]), { axis: 0 }],
  deformConv2d: () => [image(), zeros([1, 8, 4, 4]), zeros([3, 2, 2, 2])],
  einsum: () => ['ij,jk->ik', zeros([2, 3]), zeros([3, 2])],
  embedding: () => [[0, 1], zeros([3, 2])],
  full: () => [[2], 1],
  gather: () => [zeros([2, 2]), [[0, 1]], { axis: 0 }],
  gradcheck: () => [(x: Tensor) => x, [[1, 2]]],
  gradgradcheck: () => [(x: Tensor) => x, [[1, 2]]],
  groupNorm: () => [image(), { groups: 2 }],
  isNdArray: () => [1],
  linear: () => [zeros([2, 3]), zeros([4, 3])],
  matmul: () => [zeros([2, 3]), zeros([3, 2])],
  maxAlong: () => [zeros([2, 3]), { axis: 0 }],
  minAlong: () => [zeros([2, 3]), { axis: 0 }],
  maxPool1d: () => [signal(), { kernelSize: 2 }],
  maxPool1dWithIndices: () => [signal(), { kernelSize: 2 }],
  maxPool2d: () => [image(), { kernelSize: 2 }],
  maxPool2dWithIndices: () => [image(), { kernelSize: 2 }],
  maxPool3d: () => [volume(), { kernelSize: 2 }],
  maxPool3dWithIndices: () => [volume(), { kernelSize: 2 }],
  nanCheck: () => [new Tape(), gradients()],
  oneHot: () => [[0, 1], { classes: 2 }],
  ones: () => [[2]],
  pad: () => [zeros([2]), [[1, 1]]],
  reshape: () => [zeros([2, 2]), [4]],
  shapeOf: () => [(x: Tensor) => x, [2, 3]],
  silence: () => ['NOTHING_OF_THIS_NAME'],
  slice: () => [zeros([2, 2]), [[0, 1], null]],
  softmaxCrossEntropyRows: () => [
    zeros([2, 2]),
    [
      [1, 0],
      [0, 1],
    ],
  ],
  stack: () => [[tensor([1]), tensor([2])]],
  take: () => [zeros([2, 2]), [0, 1]],
  tensor: () => [[1, 2]],
  transpose: () => [zeros([2, 3]), [1, 0]],
  where: () => [
    [1, 0],
    [1, 2],
    [3, 4],
  ],
  within: () => [tensor([1]), 'layer', () => 1],
  zeros: () => [[2]],
};

const named = (): Map<string, Tensor> => new Map([['a', tensor([1])]]);
const scores = (): readonly unknown[] => [zeros([2, 3]), [0, 1]];
const values = (): readonly unknown[] => [zeros([2, 3]), zeros([2, 3])];
const confusions = (): readonly unknown[] => [
  [
    [1, 0],
    [1, 2],
  ],
];

const entrance = input([2]);
const pairs = (): readonly unknown[] => [
  [
    [1, 2],
    [3, 4],
  ],
  [
    [1, 3],
    [2, 5],
  ],
];
const features = (): readonly unknown[] => [...pairs(), [0, 1]];

export const nnCalls: RightCalls = {
  ...each('accuracy confusionMatrix zeroOneLoss focalLoss multiMarginLoss nllLoss softmaxCrossEntropy', scores),
  ...each('halfSquaredLoss huberLoss l1Loss logCoshLoss mseLoss smoothL1Loss klDivergenceWithLogProbabilities', values),
  ...each('binaryCrossEntropyWithLogits', values),
  ...each('binaryCrossEntropy diceLoss', () => [
    [0.2, 0.8],
    [0, 1],
  ]),
  ...each('additiveMarginSoftmaxLoss arcFaceLoss centreLoss l2SoftmaxLoss largeMarginSoftmaxLoss', features),
  ...each('contrastiveLoss', () => [...pairs(), [1, 0]]),
  ...each('cosineEmbeddingLoss', () => [...pairs(), [1, -1]]),
  softmaxCrossEntropyWithTemperature: scores,
  tripletMarginLoss: () => [...pairs(), pairs()[0]],
  constantInitialiser: () => [1],
  Muon: () => [[new Parameter('w', zeros([2, 2]))]],
  ...each('f1 precision recall', confusions),
  ...each('Adadelta Adam AdamW Adagrad NAdam RMSProp ExponentialMovingAverage', () => [[parameter()]]),
  SGD: () => [[parameter()], { learningRate: 0.1 }],
  LayerBuffer: () => ['mean', tensor([1])],
  Branches: () => [[[new ReLU()], []]],
  Model: () => [{ inputs: entrance, outputs: entrance }],
  Residual: () => [[new ReLU()]],
  Skip: () => [[new ReLU()]],
  Sequential: () => [[new ReLU()], { inputShape: [2], random: random() }],
  ...each('balancedAccuracy expectedCalibrationError reliabilityDiagram', scores),
  ...each('meanAbsoluteError rSquared', values),
  ...each('rocArea rocCurve', () => [
    [0.2, 0.8],
    [0, 1],
  ]),
  ...each('featureMaps saliency', () => [model(), zeros([1, 1, 5, 5])]),
  gradCam: () => [model(), zeros([1, 1, 5, 5]), { layer: 'relu1' }],
  occlusion: () => [model(), zeros([1, 1, 5, 5]), { size: 2 }],
  History: () => [],
  averaged: () => [() => 1],
  summed: () => [() => [[1]]],
  KeepBest: () => [model()],
  accumulated: () => [new SGD([parameter()], { learningRate: 0.1 }), { batches: 2 }],
  clipped: () => [new SGD([parameter()], { learningRate: 0.1 }), { maxNorm: 1 }],
  clipGradientNorm: () => [gradients(), [parameter()], { maxNorm: 1 }],
  clipGradientValue: () => [gradients(), [parameter()], { limit: 1 }],
  entropy: () => [[0.5, 0.5]],
  fans: () => [[2, 3]],
  freeze: () => [model()],
  gainOf: () => ['relu'],
  gradientDescent: () => [(x: Tensor) => x, tensor(1), { learningRate: 0.1, steps: 1 }],
  input: () => [[1, 2]],
  join: () => [new Add(), [entrance, entrance]],
  thaw: () => [model()],
  hingeLoss: () => [zeros([2]), [1, -1]],
  jensenShannonDivergence: () => [
    [0.5, 0.5],
    [0.5, 0.5],
  ],
  joined: () => [[(step: number) => step], { milestones: [] }],
  l1Penalty: () => [[parameter()], { factor: 1 }],
  l2Penalty: () => [[parameter()], { factor: 1 }],
  loadModel: () => [model(), saveModel(model())],
  loadWeights: () => [model(), weightsOf(model())],
  predictions: () => [zeros([2, 3])],
  quantileLoss: () => [zeros([2]), zeros([2]), { quantile: 0.5 }],
  readSafetensors: () => [saveModel(model())],
  receptiveField: () => [[]],
  saveModel: () => [model()],
  summary: () => [model(), [1, 5, 5]],
  topKAccuracy: () => [zeros([2, 3]), [0, 1], { k: 1 }],
  weightsOf: () => [model()],
  writeSafetensors: () => [named()],
};

const onePixelJpeg = jpegs.filter(({ width }) => width === 1)[0];
const digits = builtInDigits({ train: 20, test: 10 }).train;
const pieces = async function* (): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(1024);
};

export const datasetCalls: RightCalls = {
  applyTransform: () => [ndarrayOf(new Float32Array(25), [1, 1, 5, 5]), shift({ pixels: 1 }), { random: random() }],
  arraySource: () => [bytes(1)],
  batchCount: () => [digits, { batchSize: 2 }],
  balancedWeights: () => [digits],
  batches: () => [digits, { batchSize: 2 }],
  checkSha256: () => [bytes(), { name: 'x', sha256: emptySha256 }],
  collect: () => [[{ inputs: [1], targets: [2] }]],
  compose: () => [shift({ pixels: 1 }), shift({ pixels: 2 })],
  describeDataset: () => ['mnist'],
  filter: () => [digits, () => true],
  firstSamples: () => [digits, 3],
  gunzipIfNeeded: () => [bytes(1), { name: 'x', limit: 10 }],
  imageFiles: () => [[{ path: 'a/1.jpg', content: Uint8Array.from(onePixel) }], { name: 'x' }],
  items: () => [digits],
  kFolds: () => [digits, { folds: 2, random: random() }],
  map: () => [digits, (item: unknown) => item],
  normalisationOf: () => [digits],
  readCifar10: () => [new Uint8Array(3073), { name: 'x' }],
  readCifar100: () => [new Uint8Array(3074), { name: 'x' }],
  readCsv: () => ['x,y\n1,2\n', { name: 'x' }],
  readIdx: () => [bytes(0, 0, 8, 1, 0, 0, 0, 1, 7), { name: 'x' }],
  readJpeg: () => [Uint8Array.from(onePixel), { name: 'x' }],
  readPicture: () => [Uint8Array.from(onePixel), { name: 'x' }],
  readTar: () => [pieces(), { name: 'x', wanted: new Map() }],
  readZip: () => [arraySource(emptyZip), { name: 'x', wanted: new Map() }],
  select: () => [digits, Uint32Array.of(1, 2)],
  sha256: () => [bytes(1)],
  shuffle: () => [digits, { random: random() }],
  splitSamples: () => [digits, { validation: 0.5, random: random() }],
  weightedIndices: () => [[1, 2], { random: random() }],
};

/** A JPEG of one pixel. */
const onePixel = Buffer.from(onePixelJpeg.file, 'base64');

const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const emptyZip = bytes(0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0));

const alone = 'takes options alone';
const ofEachKind = 'takes one object, which every kind of error tells apart by itself';
const authors = 'for authors of ops and layers, whom the compiler helps';

/** Functions that are not called here, each with the reason. */
export const notCalled: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d DeformConv2d Dense Embedding Flatten BatchNorm',
      'GroupNorm LayerNorm Dropout DropBlock ELU GELU HardSigmoid LeakyReLU LogSoftmax Mish ReLU SELU Sigmoid SiLU Softmax',
      'CELU HardSwish ReLU6 Softsign InstanceNorm Pad AdaptiveMaxPool1d AdaptiveMaxPool2d AvgPool3d GlobalAvgPool3d',
      'GlobalMaxPool3d MaxPool3d PReLU Reshape Upsample normalInitialiser uniformInitialiser',
      'Softplus Tanh Concat SqueezeExcitation AdaptiveAvgPool1d AdaptiveAvgPool2d AvgPool1d AvgPool2d GlobalAvgPool1d GlobalAvgPool2d',
      'GlobalMaxPool1d GlobalMaxPool2d MaxPool1d MaxPool2d ReduceOnPlateau configureEngine cosineAnnealing defaultBias',
      'defaultWeight earlyStopping evaluate exponentialDecay findLearningRate fit kaimingDeviation kaimingNormal kaimingUniform linearWarmUp multiStepDecay oneCycle',
      'preflight stepDecay warmUpFactor warnAtChance xavierDeviation xavierNormal xavierUniform builtInDigits drawDigits',
      'elastic imageDataset noisyLine noisySine normalise rotate shift spirals twoMoons convolutionParameters',
      'brightness contrast saturation noise cutout horizontalFlip verticalFlip randomCrop resizedCrop scale cutMix mixup ownTransform',
      'crossEntropyOfDistributions klDivergence Affine Broadcast Clamp Compare Constant Einsum Elementwise Permute Power Reduce Slice Take',
    ]
      .join(' ')
      .split(' ')
      .map((name) => [name, alone]),
  ),
  Tensor: authors,
  Gradients: authors,
  operands: authors,
  record: authors,
  operationLayer: authors,
  slidingMove: authors,
  Optimiser: 'abstract: what is made of it is called',
  GraphValue: authors,
  Add: 'takes nothing',
  Multiply: 'takes nothing',
  Subtract: 'takes nothing',
  Divide: 'takes nothing',
  Maximum: 'takes nothing',
  Minimum: 'takes nothing',
  MatrixProduct: 'takes nothing',
  Where: 'takes nothing',
  streamedRSquared: 'takes nothing',
  engineInfo: 'takes nothing',
  formatShape: 'writes messages',
  onWarning: 'would hear the warnings of other tests',
  warn: 'would be heard by other tests',
  profileOperations: 'measures what is running',
  readCheckpoint: ofEachKind,
  writeCheckpoint: ofEachKind,
  readPng: 'png.test.ts calls it so',
  mnistFromFiles: ofEachKind,
  fetchDataset: 'would fetch',
  idxHalves: authors,
  Prefetcher: 'begins workers; planned by the checks of `batches`',
  prefetch: 'begins workers; planned by the checks of `batches`',
  servePrefetch: 'runs inside a worker',
};
