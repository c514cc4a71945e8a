/*
 * A GAN: a generative adversarial network.
 *
 * A generator makes numbers out of noise, a critic tells them from real ones, and each learns from the other. Here the real
 * numbers are normal with mean 4 and deviation 0.5, so that everybody can see how close the generator comes.
 */
import { add, detach, full, mean, Random, sqrt, Tape, type Tensor, tensor, variance } from '@tapegrad/core';
import { Adam, binaryCrossEntropyWithLogits, Dense, ReLU, Sequential } from '@tapegrad/nn';

const batchSize = 128;
const random = new Random(1);

/** A network from one number to one number. Its parameters are called `generator.dense1.weight`, and so on. */
function network(name: string): Sequential {
  const layers = [32, 32].flatMap((outFeatures) => [new Dense({ outFeatures }), new ReLU()]);
  return new Sequential([...layers, new Dense({ outFeatures: 1 })], { inputShape: [1], random, name });
}
const [generator, critic] = [network('generator'), network('critic')];

// Each optimiser changes one of the two, with little momentum, as is usual for two that chase each other. The critic
// learns faster, so that its judgement is worth following.
const generatorAdam = new Adam(generator.parameters, { learningRate: 3e-4, betas: [0.5, 0.999] });
const criticAdam = new Adam(critic.parameters, { learningRate: 1e-3, betas: [0.5, 0.999] });

/** A column of normal numbers, [count, 1]. */
function normal(mean: number, deviation: number, count = batchSize): Tensor {
  const numbers = Float32Array.from({ length: count }, () => mean + deviation * random.normal());
  return tensor(numbers, { shape: [count, 1] });
}

const [real, made] = [full([batchSize, 1], 1), full([batchSize, 1], 0)];

for (let step = 0; step <= 1500; step++) {
  {
    using tape = new Tape();
    // `detach`: the generator is not to be blamed here.
    const fakes = tape.constant(detach(generator.call(normal(0, 1))));
    const ofReal = binaryCrossEntropyWithLogits(critic.call(tape.constant(normal(4, 0.5))), real);
    const ofFakes = binaryCrossEntropyWithLogits(critic.call(fakes), made);
    criticAdam.step(tape.gradients(add(ofReal, ofFakes)));
  }
  using tape = new Tape();
  // The generator learns to make what the critic takes for real.
  const loss = binaryCrossEntropyWithLogits(critic.call(generator.call(tape.constant(normal(0, 1)))), real);
  generatorAdam.step(tape.gradients(loss));

  if (step % 250 === 0) {
    const sample = generator.call(normal(0, 1, 1000));
    const [middle, deviation] = [mean(sample).item(), sqrt(variance(sample)).item()];
    console.log(`step ${step}  mean ${middle.toFixed(2)}  deviation ${deviation.toFixed(2)}`);
  }
}
console.log('wanted     mean 4.00  deviation 0.50');
