import { noiseImages, uniform } from '../images.ts';
import { classes, imageShape, type LayerForm, learningRate, type NetName, nets, workOf } from '../nets.ts';
import { peer } from './peer.ts';

/** An array of jax-js. Whoever is handed one ends it; `ref` is one more to hand on. */
interface Value {
  readonly ref: Value;
  readonly shape: number[];
  reshape(shape: readonly number[]): Value;
  transpose(): Value;
  add(other: Value | number): Value;
  sub(other: Value): Value;
  mul(other: Value | number): Value;
  div(other: Value): Value;
  sum(): Value;
  js(): number;
}

type Arguments = readonly (Value | readonly Value[])[];

/** What the bench uses of `@jax-js/jax`. */
interface Jax {
  init(device: string): Promise<readonly string[]>;
  defaultDevice(device: string): string;
  readonly numpy: {
    array(numbers: Float32Array | Int32Array): Value;
    zeros(shape: readonly number[]): Value;
    max(x: Value, axes: readonly number[]): Value;
    dot(x: Value, y: Value): Value;
    sqrt(x: Value): Value;
  };
  readonly lax: { conv(x: Value, weight: Value, strides: readonly number[], padding: string): Value };
  readonly nn: { relu(x: Value): Value; logSoftmax(x: Value): Value; oneHot(labels: Value, classes: number): Value };
  valueAndGrad(
    loss: (parameters: readonly Value[], x: Value, y: Value) => Value,
  ): (parameters: readonly Value[], x: Value, y: Value) => [Value, Value[]];
  jit<Result>(work: (...parts: never[]) => Result): (...parts: Arguments) => Result;
}

type Trained = [loss: Value, parameters: Value[], momentum: Value[], scale: Value[]];

/** One step of training in jax-js on its wasm backend, with Adam, compiled as a whole by its `jit`. */
export async function jaxStep(net: NetName, batch: number): Promise<() => void> {
  const jax = await peer<Jax>('@jax-js/jax');
  await jax.init('wasm');
  jax.defaultDevice('wasm');
  const { numpy, nn } = jax;
  const lossAndGradients = jax.valueAndGrad((parameters, x, y) => {
    const logits = forward(jax, nets[net], parameters, x);
    return nn
      .logSoftmax(logits)
      .mul(y)
      .sum()
      .mul(-1 / batch);
  });
  const train = jax.jit<Trained>(
    (parameters: Value[], momentum: Value[], scale: Value[], x: Value, y: Value, rate: Value) => {
      const [loss, gradients] = lossAndGradients(
        parameters.map((p) => p.ref),
        x,
        y,
      );
      const m = momentum.map((m, i) => m.mul(0.9).add(gradients[i].ref.mul(0.1)));
      const v = scale.map((v, i) => v.mul(0.999).add(gradients[i].ref.mul(gradients[i]).mul(0.001)));
      const next = parameters.map((p, i) => p.sub(m[i].ref.mul(rate.ref).div(numpy.sqrt(v[i].ref).add(1e-8))));
      return [loss, next, m, v];
    },
  );

  let parameters = firstWeights(jax, net);
  let momentum = parameters.map(({ shape }) => numpy.zeros(shape));
  let scale = parameters.map(({ shape }) => numpy.zeros(shape));
  const { pixels, labels } = noiseImages(batch);
  const x = numpy.array(pixels).reshape([batch, ...imageShape]);
  const y = nn.oneHot(numpy.array(labels), classes);
  let time = 0;
  return () => {
    time++;
    const rate = (learningRate * Math.sqrt(1 - 0.999 ** time)) / (1 - 0.9 ** time);
    const trained = train(parameters, momentum, scale, x.ref, y.ref, numpy.array(Float32Array.of(rate)));
    const [loss] = trained;
    [, parameters, momentum, scale] = trained;
    loss.js();
  };
}

function forward(jax: Jax, layers: readonly LayerForm[], parameters: readonly Value[], images: Value): Value {
  const weights = [...parameters];
  return layers.reduce((x, form) => call(jax, form, x, () => weights.shift() as Value), images);
}

function call({ lax, nn, numpy }: Jax, { kind }: LayerForm, x: Value, next: () => Value): Value {
  const [batch, channels, height, width] = x.shape;
  switch (kind) {
    case 'conv2d': {
      const y = lax.conv(x, next(), [1, 1], 'VALID');
      return y.add(next().reshape([1, y.shape[1], 1, 1]));
    }
    case 'relu':
      return nn.relu(x);
    case 'maxPool2d':
      return numpy.max(x.reshape([batch, channels, height / 2, 2, width / 2, 2]), [3, 5]);
    case 'flatten':
      return x.reshape([batch, channels * height * width]);
    case 'dense':
      return numpy.dot(x, next().transpose()).add(next());
  }
}

/** Weight and bias of each layer that has them, drawn as PyTorch draws them. */
function firstWeights({ numpy }: Jax, net: NetName): Value[] {
  const random = uniform(2);
  return workOf(net).flatMap(({ shape, layer }) => {
    const filter = layer.kind === 'conv2d' ? [shape[0], layer.kernelSize, layer.kernelSize] : [shape[0]];
    const outputs = layer.kind === 'conv2d' ? layer.outChannels : layer.outFeatures;
    const fan = filter.reduce((product, length) => product * length, 1);
    const draw = (length: number): Float32Array =>
      Float32Array.from({ length }, () => (2 * random() - 1) / Math.sqrt(fan));
    return [numpy.array(draw(outputs * fan)).reshape([outputs, ...filter]), numpy.array(draw(outputs))];
  });
}
