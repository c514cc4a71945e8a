import { noiseImages } from '../images.ts';
import { classes, imageShape, type LayerForm, learningRate, type NetName, nets } from '../nets.ts';
import { peer } from './peer.ts';

interface Value {
  dataSync(): ArrayLike<number>;
  dispose(): void;
}

interface Model {
  apply(x: Value, options: { training: boolean }): Value;
}

/** What the bench uses of `@tensorflow/tfjs`. */
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  sequential(options: { layers: readonly unknown[] }): Model;
  readonly layers: Readonly<Record<string, (options: Readonly<Record<string, unknown>>) => unknown>>;
  tensor(numbers: Float32Array | Int32Array, shape: readonly number[], dtype: string): Value;
  oneHot(labels: Value, depth: number): Value;
  readonly losses: { softmaxCrossEntropy(labels: Value, logits: Value): Value };
  readonly train: { adam(rate: number): { minimize(loss: () => Value, returnCost: true): Value } };
}

/** One step of training in TensorFlow.js on its cpu backend. Images are [height, width, channels] there. */
export async function tensorflowStep(net: NetName, batch: number): Promise<() => void> {
  const tf = await peer<TensorFlow>('@tensorflow/tfjs');
  await tf.setBackend('cpu');
  await tf.ready();
  const [channels, height, width] = imageShape;
  const inputShape = [height, width, channels];
  const layers = nets[net].map((form, index) => layerOf(tf, form, index === 0 ? { inputShape } : {}));
  const model = tf.sequential({ layers });
  const optimiser = tf.train.adam(learningRate);
  const { pixels, labels } = noiseImages(batch);
  const x = tf.tensor(pixels, [batch, ...inputShape], 'float32');
  const y = tf.oneHot(tf.tensor(labels, [batch], 'int32'), classes);
  return () => {
    const loss = optimiser.minimize(() => tf.losses.softmaxCrossEntropy(y, model.apply(x, { training: true })), true);
    loss.dataSync();
    loss.dispose();
  };
}

function layerOf({ layers }: TensorFlow, form: LayerForm, first: Readonly<Record<string, unknown>>): unknown {
  switch (form.kind) {
    case 'conv2d':
      return layers.conv2d({ filters: form.outChannels, kernelSize: form.kernelSize, ...first });
    case 'relu':
      return layers.reLU({});
    case 'maxPool2d':
      return layers.maxPooling2d({ poolSize: 2 });
    case 'flatten':
      return layers.flatten({});
    case 'dense':
      return layers.dense({ units: form.outFeatures });
  }
}
