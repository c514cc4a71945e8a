import {
  configureEngine,
  conv1d,
  conv2d,
  conv3d,
  convTranspose2d,
  engineInfo,
  matmul,
  profileOperations,
  Random,
  reshape,
  Tape,
  type Tensor,
  tensor,
} from '../tapegrad/core.ts';
import { ceiling } from './ceiling.ts';

/** How fast one kind of product or convolution is computed. */
export interface KindSpeed {
  readonly kind: string;
  /** Shapes of what goes in. */
  readonly sizes: string;
  /** GFLOP/s by the textbook's count: forward, and both gradients. */
  readonly forward: number;
  readonly weightGradient: number;
  readonly inputGradient: number;
}

export interface KindReport {
  readonly node: string;
  readonly threads: number;
  readonly lanes: number;
  /** GFLOP/s of multiply-adds in registers, in lanes of that width. */
  readonly ceiling: number;
  readonly speeds: readonly KindSpeed[];
}

/** An op of two operands, and how many operations its definition has. */
interface Kind {
  readonly kind: string;
  readonly x: readonly number[];
  readonly weight: readonly number[];
  readonly compute: (x: Tensor, weight: Tensor) => Tensor;
  /** Operations of one number of `y`, or of `x` where each of those is added to many of `y`. */
  readonly perNumber: number;
  readonly countsInputs?: boolean;
}

/** A convolution of 32 images by square filters, as large as its images after padding. */
function images(
  kind: string,
  [channels, filters, side]: readonly [number, number, number],
  kernel: number,
  { stride = 1, dilation = 1, groups = 1 } = {},
): Kind {
  return {
    kind,
    x: [32, channels, side, side],
    weight: [filters, channels / groups, kernel, kernel],
    compute: (x, weight) => conv2d(x, weight, { stride, dilation, groups, padding: (dilation * (kernel - 1)) / 2 }),
    perNumber: (2 * channels * kernel ** 2) / groups,
  };
}

function product(kind: string, rows: number, inner: number, columns: number): Kind {
  return {
    kind,
    x: [rows, inner],
    weight: [inner, columns],
    compute: (x, weight) => matmul(x, weight),
    perNumber: 2 * inner,
  };
}

/** What nets are made of. */
const kinds: readonly Kind[] = [
  ...[256, 512, 1024].map((side) => product('product', side, side, side)),
  product('dense layer, 32 examples', 32, 1024, 512),
  product('dense layer, 256 examples', 256, 784, 256),
  images('conv 3×3', [16, 16, 32], 3),
  images('conv 3×3', [32, 32, 32], 3),
  images('conv 3×3', [64, 64, 16], 3),
  images('conv 3×3', [128, 128, 8], 3),
  images('conv 3×3, stride 2', [32, 64, 32], 3, { stride: 2 }),
  images('conv 1×1', [64, 64, 32], 1),
  images('conv 5×5', [32, 32, 16], 5),
  images('conv 7×7', [16, 32, 32], 7),
  images('conv 3×3, dilation 2', [32, 32, 32], 3, { dilation: 2 }),
  images('conv 3×3, four groups', [64, 64, 16], 3, { groups: 4 }),
  images('conv 3×3, depthwise', [64, 64, 32], 3, { groups: 64 }),
  {
    kind: 'transposed conv 4×4, stride 2',
    x: [32, 64, 16, 16],
    weight: [64, 32, 4, 4],
    compute: (x, weight) => convTranspose2d(x, weight, { stride: 2, padding: 1 }),
    perNumber: 2 * 32 * 16,
    countsInputs: true,
  },
  {
    kind: 'conv 1-D, 5',
    x: [32, 32, 256],
    weight: [64, 32, 5],
    compute: (x, weight) => conv1d(x, weight, { padding: 2 }),
    perNumber: 2 * 32 * 5,
  },
  {
    kind: 'conv 3-D, 3×3×3',
    x: [8, 16, 8, 16, 16],
    weight: [32, 16, 3, 3, 3],
    compute: (x, weight) => conv3d(x, weight, { padding: 1 }),
    perNumber: 2 * 16 * 27,
  },
];

const [warmUps, leastRuns, milliseconds] = [5, 10, 300];

/** GFLOP/s of every kind of product and convolution, in float32: the best of many runs, as for the ceiling. */
export async function measureKinds(threads: number): Promise<KindReport> {
  configureEngine({ threads });
  const { lanes, engine } = engineInfo();
  const multiplyAdds = lanes === 256 ? 'wide' : engine === 'relaxed' ? 'relaxed' : 'simd';
  const before = await ceiling(multiplyAdds, threads);
  const speeds = kinds.map(speedOf);
  const after = await ceiling(multiplyAdds, threads);
  return {
    node: process.versions.node,
    threads: engineInfo().threads,
    lanes: lanes ?? 128,
    ceiling: Math.max(before, after),
    speeds,
  };
}

function speedOf({ kind, x, weight, compute, perNumber, countsInputs }: Kind): KindSpeed {
  const random = new Random(1);
  const noise = (shape: readonly number[]): Tensor => {
    const size = shape.reduce((product, length) => product * length, 1);
    return reshape(tensor(Float32Array.from({ length: size }, () => random.normal())), shape);
  };
  const [input, weights] = [noise(x), noise(weight)];
  const best = { forward: Infinity, weightGradient: Infinity, inputGradient: Infinity };
  let operations = 0;
  let cotangent: Tensor | undefined;
  const run = (): void => {
    using tape = new Tape();
    const [a, b] = [tape.watch(input), tape.watch(weights)];
    const forward = costOf(() => {
      const y = compute(a, b);
      y.view;
      return y;
    });
    const y = forward.result;
    cotangent ??= noise(y.shape);
    operations = perNumber * (countsInputs ? a.size : y.size);
    const gradientBy = (of: Tensor): number =>
      costOf(() => {
        const gradients = tape.gradients(y, { withRespectTo: [of], cotangent });
        return gradients.get(of).view;
      }).milliseconds;
    best.forward = Math.min(best.forward, forward.milliseconds);
    best.weightGradient = Math.min(best.weightGradient, gradientBy(b));
    best.inputGradient = Math.min(best.inputGradient, gradientBy(a));
  };
  for (let warmUp = 0; warmUp < warmUps; warmUp++) run();
  best.forward = best.weightGradient = best.inputGradient = Infinity;
  const start = performance.now();
  for (let runs = 0; runs < leastRuns || performance.now() - start < milliseconds; runs++) run();
  const speed = (milliseconds: number): number => operations / milliseconds / 1e6;
  return {
    kind,
    sizes: `${x.join('×')} by ${weight.join('×')}`,
    forward: speed(best.forward),
    weightGradient: speed(best.weightGradient),
    inputGradient: speed(best.inputGradient),
  };
}

/** What an op gives, and how long its kernels took. */
function costOf<Result>(work: () => Result): { result: Result; milliseconds: number } {
  const stop = profileOperations();
  const result = work();
  const { operations } = stop();
  // What the check of the loss and copies to ndarrays cost is no part of a kernel.
  const milliseconds = operations
    .filter(({ operation }) => /^(conv|matmul)/.test(operation))
    .reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return { result, milliseconds };
}
