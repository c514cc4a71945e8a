import { describe, expect, test } from 'vitest';
import { nearestName } from './nearestName.ts';

describe('the nearest name', () => {
  test.each([
    ['label_smoothing', ['weight', 'labelSmoothing'], 'labelSmoothing'],
    ['KernelSize', ['stride', 'kernelSize'], 'kernelSize'],
    ['kernel_initializer', ['bias', 'initialiser'], 'initialiser'],
    ['strides', ['padding', 'stride'], 'stride'],
    ['useBias', ['outFeatures', 'bias'], 'bias'],
    ['eps', ['mean', 'epsilon'], 'epsilon'],
    ['pading', ['stride', 'padding'], 'padding'],
    ['optimizer', ['loss', 'optimiser'], 'optimiser'],
    ['stirde', ['padding', 'stride'], 'stride'],
  ])('of %s among %j is %s', (name, known, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
  });

  test('is none where no name is near', () => {
    expect(nearestName('colour', ['axis', 'keepDims'])).toBeUndefined();
    expect(nearestName('x', ['k', 'axis'])).toBeUndefined();
    expect(nearestName('axis', [])).toBeUndefined();
  });
});

describe('names of PyTorch, Keras and TensorFlow.js', () => {
  const adam = ['learningRate', 'betas', 'epsilon', 'weightDecay', 'amsgrad'];
  const convolution = ['outChannels', 'kernelSize', 'stride', 'padding', 'dilation', 'groups', 'bias'];
  const oneCycle = ['peak', 'steps', 'risingShare', 'anneal', 'startDivisor', 'endDivisor'];
  test.each([
    ['lr', adam, 'learningRate'],
    ['beta_1', adam, 'betas'],
    ['lr', ['base', 'gamma'], 'base'],
    ['step_size', ['base', 'size', 'gamma'], 'size'],
    ['T_max', ['base', 'period', 'minimum'], 'period'],
    ['eta_min', ['base', 'period', 'minimum'], 'minimum'],
    ['max_lr', oneCycle, 'peak'],
    ['params', ['parameters', 'learningRate'], 'parameters'],
    ['axis', ['axes', 'keepDims'], 'axes'],
    ['axes', ['axis'], 'axis'],
    ['dim', ['axes', 'keepDims'], 'axes'],
    ['dim', ['axis'], 'axis'],
    ['keepdim', ['axes', 'keepDims'], 'keepDims'],
    ['unbiased', ['axes', 'keepDims', 'correction'], 'correction'],
    ['ddof', ['axes', 'keepDims', 'correction'], 'correction'],
    ['strides', convolution, 'stride'],
    ['filters', convolution, 'outChannels'],
    ['dilationRate', convolution, 'dilation'],
    ['dilations', convolution, 'dilation'],
    ['poolSize', ['kernelSize', 'stride'], 'kernelSize'],
    ['pool_size', ['kernelSize', 'stride'], 'kernelSize'],
    ['units', ['outFeatures', 'bias', 'initialiser'], 'outFeatures'],
    ['num_embeddings', ['count', 'features', 'paddingIndex'], 'count'],
    ['embedding_dim', ['count', 'features', 'paddingIndex'], 'features'],
    ['padding_idx', ['count', 'features', 'paddingIndex'], 'paddingIndex'],
    ['p', ['rate'], 'rate'],
    ['probability', ['rate'], 'rate'],
    ['rate', ['p', 'margin'], 'p'],
    ['shape', ['axes', 'epsilon', 'affine'], 'axes'],
    ['normalized_shape', ['axes', 'epsilon', 'affine'], 'axes'],
    ['elementwise_affine', ['axes', 'epsilon', 'affine'], 'affine'],
    ['num_groups', ['groups', 'epsilon', 'affine'], 'groups'],
    ['negative_slope', ['slope'], 'slope'],
    ['alpha', ['slope'], 'slope'],
    ['gamma', ['mean', 'variance', 'weight', 'bias', 'epsilon'], 'weight'],
    ['beta', ['mean', 'variance', 'weight', 'bias', 'epsilon'], 'bias'],
    ['pos_weight', ['weight', 'posWeight', 'reduction'], 'posWeight'],
    ['ignore_index', ['weight', 'ignoreIndex', 'labelSmoothing', 'reduction'], 'ignoreIndex'],
    ['num_classes', ['classes', 'dtype'], 'classes'],
    ['rho', ['learningRate', 'alpha', 'momentum'], 'alpha'],
    ['centered', ['learningRate', 'alpha', 'centred'], 'centred'],
    ['std', ['batchSize', 'mean', 'standardDeviation'], 'standardDeviation'],
    ['generator', ['batchSize', 'random'], 'random'],
    ['rng', ['batchSize', 'random'], 'random'],
    ['seed', ['batchSize', 'random'], 'random'],
  ])('%s among %j is %s', (name, known, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
  });
});
