import { netNames } from '../nets.ts';
import { panelNames } from '../panel/nets.ts';
import { flag, oneOf, paths, seconds, someOf, text, wholeNumber } from './forms.ts';

export const frameworks = ['tapegrad', 'tensorflow', 'jax'] as const;
/** Those that can predict: ONNX Runtime takes the model as an ONNX file, and trains nothing. */
export const predictors = ['tapegrad', 'onnxruntime'] as const;
export const families = [...frameworks, 'pytorch'] as const;
export const engines = ['reference', 'simd', 'relaxed'] as const;
export const parts = [
  'steps',
  'panel',
  'predict',
  'kernels',
  'kinds',
  'overhead',
  'memory',
  'start',
  'size',
  'scaling',
] as const;

export type Framework = (typeof frameworks)[number];
export type Family = (typeof families)[number];
export type Predictor = (typeof predictors)[number];
export type Engine = (typeof engines)[number];
export type Part = (typeof parts)[number];

/** Our own two nets, and those of the panel. */
const allNets = [...netNames, ...panelNames] as const;

/** All options, by the names that the commands take them by. */
export const forms = {
  net: { placeholder: '<name>', about: `${allNets.join(', ')} (default: small)`, read: oneOf(allNets) },
  batch: {
    placeholder: '<count>',
    about: 'samples in a step (default: 64, or what the net of the panel has)',
    read: wholeNumber(1),
  },
  threads: {
    placeholder: '<count>',
    about: 'threads of tapegrad (default: as many as there are cores)',
    read: wholeNumber(1, 64),
  },
  steps: { placeholder: '<count>', about: 'steps to measure (default: 200)', read: wholeNumber(1) },
  engine: {
    placeholder: '<name>',
    about: `${engines.join(', ')} (default: the fastest that runs here)`,
    read: oneOf(engines),
  },
  json: { about: 'print one line of JSON', read: flag },
  details: { about: 'add to the JSON what else is known', read: flag },
  seconds: { placeholder: '<time>', about: 'stop after so long (default: no limit)', read: seconds },
  'warm-up': { placeholder: '<seconds>', about: 'steps beforehand that do not count (default: 1.5)', read: seconds },
  framework: { placeholder: '<name>', about: `${frameworks.join(', ')} (default: tapegrad)`, read: oneOf(frameworks) },
  predictor: { placeholder: '<name>', about: `${predictors.join(', ')} (default: tapegrad)`, read: oneOf(predictors) },
  images: { placeholder: '<count>', about: 'the most images of an epoch (default: 8000)', read: wholeNumber(1000) },
  nets: { placeholder: '<names>', about: `of ${allNets.join(', ')} (default: all)`, read: someOf(allNets) },
  only: { placeholder: '<names>', about: `of ${families.join(', ')} (default: all)`, read: someOf(families) },
  parts: { placeholder: '<names>', about: `of ${parts.join(', ')} (default: all)`, read: someOf(parts) },
  rounds: { placeholder: '<count>', about: 'how often all take their turn (default: 3)', read: wholeNumber(1) },
  quick: { about: 'a short run, for a look: small alone, short turns, few sizes', read: flag },
  python: { placeholder: '<path>', about: 'a Python that has PyTorch (default: python3)', read: text },
  node: { placeholder: '<path>', about: 'the Node that runs what is JavaScript (default: this one)', read: text },
  nodes: {
    placeholder: '<paths>',
    about: 'the Nodes that run the panel and the kinds, with commas (default: that of --node)',
    read: paths,
  },
  out: { placeholder: '<folder>', about: 'where results go (default: bench/results)', read: text },
  docs: { about: 'measure nothing; write docs/performance.md from the results', read: flag },
} as const;

export type OptionName = keyof typeof forms;

/** What was said on the command line; what was not is left out. */
export type Options = { readonly [Name in OptionName]?: ReturnType<(typeof forms)[Name]['read']> };

/** What each command takes. The one without a name is the whole run. */
export const commands = {
  '': {
    about: 'measures everything, beside the others, and writes a table, charts and JSON',
    takes: ['only', 'nets', 'parts', 'rounds', 'quick', 'batch', 'threads', 'python', 'node', 'nodes', 'out', 'docs'],
  },
  step: {
    about: 'measures a step of training',
    takes: ['net', 'batch', 'threads', 'steps', 'engine', 'json', 'details', 'seconds', 'warm-up', 'framework'],
  },
  predict: {
    about: 'measures a prediction by a net of the panel',
    takes: ['net', 'batch', 'threads', 'steps', 'engine', 'json', 'seconds', 'warm-up', 'predictor'],
  },
  kernels: {
    about: 'measures GFLOP/s of each kernel, and of multiply-adds in registers',
    takes: ['batch', 'threads', 'engine', 'json'],
  },
  kinds: {
    about: 'measures GFLOP/s of each kind of product and convolution',
    takes: ['threads', 'json'],
  },
  overhead: {
    about: 'measures what an op costs beside its arithmetic',
    takes: ['batch', 'threads', 'steps', 'engine', 'json'],
  },
  memory: {
    about: 'looks at memory over many steps (default: 2000)',
    takes: ['batch', 'threads', 'steps', 'engine', 'json'],
  },
  epochs: {
    about: 'measures an epoch over more and more images',
    takes: ['batch', 'threads', 'images', 'engine', 'json'],
  },
  size: { about: 'measures how large tapegrad is in a page', takes: ['json'] },
} as const satisfies Readonly<Record<string, { about: string; takes: readonly OptionName[] }>>;

export type Command = keyof typeof commands;
