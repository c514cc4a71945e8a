import { peer } from '../competitors/peer.ts';
import { uniform } from '../images.ts';
import { Random, type Tensor, tensor } from '../tapegrad/core.ts';
import { Sequential } from '../tapegrad/nn.ts';
import { exportOnnx } from '../tapegrad/onnx.ts';
import { layerOf } from './build.ts';
import type { PanelNet } from './layers.ts';

/** What the bench uses of `onnxruntime-web`. */
interface OnnxRuntime {
  readonly env: { logLevel: string; readonly wasm: { numThreads: number } };
  readonly InferenceSession: {
    create(model: Uint8Array, options: { executionProviders: readonly string[] }): Promise<Session>;
  };
  readonly Tensor: new (type: 'float32', numbers: Float32Array, shape: readonly number[]) => object;
}

interface Session {
  run(inputs: Readonly<Record<string, object>>): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>;
}

/** A model of the panel, and always the same batch of noise. */
function modelOf(net: PanelNet, batch: number): { model: Sequential; pixels: Float32Array; shape: readonly number[] } {
  const model = new Sequential(net.layers.map(layerOf), { inputShape: net.input, random: new Random(1) });
  const shape = [batch, ...net.input];
  const random = uniform(1);
  const length = shape.reduce((product, size) => product * size, 1);
  return { model, pixels: Float32Array.from({ length }, () => 2 * random() - 1), shape };
}

/** One prediction off the tape; it gives the outputs. */
export function predictStep(net: PanelNet, batch: number): () => Float32Array {
  const { model, pixels, shape } = modelOf(net, batch);
  const input: Tensor = tensor(pixels, { shape });
  return () => model.call(input).read() as Float32Array;
}

/** The same prediction by ONNX Runtime Web, of the model as an ONNX file. */
export async function onnxStep(net: PanelNet, batch: number, threads: number): Promise<() => Promise<Float32Array>> {
  const runtime = await peer<OnnxRuntime>('onnxruntime-web');
  runtime.env.logLevel = 'error';
  runtime.env.wasm.numThreads = threads;
  const { model, pixels, shape } = modelOf(net, batch);
  const session = await runtime.InferenceSession.create(exportOnnx(model), { executionProviders: ['wasm'] });
  const input = new runtime.Tensor('float32', pixels, shape);
  return async () => (await session.run({ input })).output.data;
}
