import { floatingPointOperations, type NetName, netNames, shapeAfter, type Work, workOf } from '../nets.ts';
import { configureEngine, engineInfo, kernels, Tape } from '../tapegrad/core.ts';
import { ceiling } from './ceiling.ts';
import { measureSteps } from './stepTimes.ts';

/** How fast one kernel computes one layer of a net. */
export interface KernelSpeed {
  readonly net: NetName;
  readonly layer: string;
  readonly kernel: string;
  /** The fastest run, as the ceiling is the best of several too. */
  readonly minMs: number;
  readonly gigaflops: number;
}

export interface KernelReport {
  readonly engine: 'simd' | 'relaxed';
  readonly threads: number;
  /** GFLOP/s that nothing can exceed here. */
  readonly ceiling: number;
  readonly speeds: readonly KernelSpeed[];
}

interface Task {
  readonly kernel: string;
  readonly run: () => void;
}

type Allocate = (length: number) => Float32Array;

const patience = { steps: 10_000, seconds: 0.2, warmUpSeconds: 0.3 };

/** GFLOP/s of every kernel that the nets' layers with weights go through, in a step of so many images. */
export async function measureKernels(
  engine: 'simd' | 'relaxed',
  threads: number,
  batch: number,
): Promise<KernelReport> {
  const before = await ceiling(engine, threads);
  configureEngine({ engine, threads });
  const speeds: KernelSpeed[] = [];
  for (const net of netNames) {
    for (const [index, work] of workOf(net).entries()) {
      using tape = new Tape();
      const allocate: Allocate = (length) =>
        tape.recording.memory.allocate('float32', length).fill(0.5) as Float32Array;
      for (const { kernel, run } of tasksOf(work, batch, index === 0, allocate)) {
        const { minMs } = await measureSteps(run, batch, patience);
        const gigaflops = (batch * floatingPointOperations(work)) / minMs / 1e6;
        speeds.push({ net, layer: describe(work), kernel, minMs, gigaflops });
      }
    }
  }
  const after = await ceiling(engine, threads);
  return { engine, threads: engineInfo().threads, ceiling: Math.max(before, after), speeds };
}

/** The three products of a layer; nobody asks for the gradient of the images. */
function tasksOf(work: Work, batch: number, isFirst: boolean, allocate: Allocate): Task[] {
  const tasks = work.layer.kind === 'conv2d' ? convolution(work, batch, allocate) : dense(work, batch, allocate);
  return isFirst ? tasks.slice(0, 2) : tasks;
}

function convolution({ shape, layer }: Work, batch: number, allocate: Allocate): Task[] {
  if (layer.kind !== 'conv2d') return [];
  const [channels, height, width] = shape;
  const [, outHeight, outWidth] = shapeAfter(layer, shape);
  const { outChannels, kernelSize } = layer;
  const sizes = [batch, channels, height, width, outChannels, outHeight, outWidth, kernelSize, kernelSize] as const;
  const rest = [1, 1, 0, 0, 1, 1, 1] as const;
  const [x, xGradient] = [0, 1].map(() => allocate(batch * channels * height * width));
  const [weight, weightGradient] = [0, 1].map(() => allocate(outChannels * channels * kernelSize ** 2));
  const y = allocate(batch * outChannels * outHeight * outWidth);
  const bias = allocate(outChannels);
  return [
    { kernel: 'conv2d', run: () => kernels.conv2d(x, weight, bias, y, ...sizes, ...rest) },
    {
      kernel: 'conv2dFilterGradient',
      run: () => kernels.conv2dFilterGradient(x, y, weightGradient, ...sizes, ...rest),
    },
    { kernel: 'conv2dInputGradient', run: () => kernels.conv2dInputGradient(y, weight, xGradient, ...sizes, ...rest) },
  ];
}

/** y = x·Wᵀ, ∂W = gᵀ·x, ∂x = g·W, with W [out, in]; a transpose is a change of strides. */
function dense({ shape, layer }: Work, batch: number, allocate: Allocate): Task[] {
  if (layer.kind !== 'dense') return [];
  const [inputs, outputs] = [shape[0], layer.outFeatures];
  const [x, xGradient] = [0, 1].map(() => allocate(batch * inputs));
  const [weight, weightGradient] = [0, 1].map(() => allocate(outputs * inputs));
  const y = allocate(batch * outputs);
  const { matmul } = kernels;
  return [
    {
      kernel: 'matmul, forward',
      run: () => matmul(x, weight, y, 1, batch, inputs, outputs, [0, inputs, 1], [0, 1, inputs]),
    },
    {
      kernel: 'matmul, weight gradient',
      run: () => matmul(y, x, weightGradient, 1, outputs, batch, inputs, [0, 1, outputs], [0, inputs, 1]),
    },
    {
      kernel: 'matmul, input gradient',
      run: () => matmul(y, weight, xGradient, 1, batch, outputs, inputs, [0, outputs, 1], [0, inputs, 1]),
    },
  ];
}

function describe({ shape, layer }: Work): string {
  if (layer.kind === 'dense') return `dense ${shape[0]}→${layer.outFeatures}`;
  const size = layer.kernelSize;
  return `conv ${size}×${size} ${shape[0]}→${layer.outChannels} at ${shape[1]}×${shape[2]}`;
}
