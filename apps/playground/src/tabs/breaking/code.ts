import { descentStart, descentSteps, ignoredLabels, mendOf, weightLabels } from './data.ts';
import type { ExperimentName } from './ends.ts';
import type { Settings } from './fields.ts';

/*
 * Each experiment as its reader would write it. A test runs these very lines and holds their loss against that of the
 * experiment; the numbers that are too many to show (`logits`, `points`, `labels`) are given to it by name.
 */

type Written = (settings: Settings, isMended: boolean) => string;

/** The lines of an experiment, with the numbers as they are set. */
export const codeOf: Readonly<Record<ExperimentName, Written>> = {
  overflow: ({ logit, right, type }, isMended) =>
    lines(
      `const numbers = tensor([[${logit}, 0, 0]], { dtype: '${type}' });`,
      'const z = tape.watch(numbers);',
      ...(isMended
        ? [`const loss = softmaxCrossEntropy(z, [${right}]);`]
        : [
            'const e = exp(z);',
            'const total = sum(e, { axes: [1], keepDims: true });',
            'const p = divide(e, total);',
            `const right = slice(p, [null, [${right}, ${Number(right) + 1}]]);`,
            'const loss = negate(log(right));',
          ]),
      'tape.gradients(loss);',
    ),
  twice: ({ classes, certainty }, isMended) =>
    lines(
      `const row = [${certainty}, ...new Array(${classes - 1}).fill(0)];`,
      "const z = tape.watch(tensor([row], { dtype: 'float64' }));",
      isMended ? 'const loss = softmaxCrossEntropy(z, [0]);' : 'const loss = softmaxCrossEntropy(softmax(z), [0]);',
      'tape.gradients(loss);',
    ),
  label: ({ label }, isMended) => {
    const mend = isMended ? mendOf(Number(label)) : 'nothing';
    const target = {
      nothing: `const labels = [1, 2, ${label}];`,
      subtract: `const labels = [1, 2, ${label}].map((y) => y - 1);`,
      ignore: `const labels = [1, 2, ${label}];`,
      spread: 'const labels = [[0, 1, 0], [0, 0, 1], [0, 0.5, 0.5]];',
    }[mend];
    return lines(
      'const z = tape.watch(logits); // [3, 3]',
      target,
      ...(mend === 'ignore'
        ? [`const options = { ignoreIndex: ${label} };`, 'const loss = softmaxCrossEntropy(z, labels, options);']
        : ['const loss = softmaxCrossEntropy(z, labels);']),
      'tape.gradients(loss);',
    );
  },
  column: ({ rows, by }, isMended) => {
    const numbers = Array.from({ length: rows }, (_, row) => row + 1);
    const compared = isMended ? 'flat' : 'prediction';
    return lines(
      `const target = new Float64Array([${numbers.join(', ')}]);`,
      `const column = tensor(target, { shape: [${rows}, 1] });`,
      'const prediction = tape.watch(column);',
      ...(isMended ? [`const flat = reshape(prediction, [${rows}]);`] : []),
      ...(by === 'mseLoss'
        ? [`const loss = mseLoss(${compared}, target);`]
        : [`const difference = subtract(${compared}, target);`, 'const loss = mean(square(difference));']),
      'tape.gradients(loss);',
    );
  },
  weights: ({ weight, rare, given }, isMended) => {
    const weights = given === 'both' || isMended ? `[1, ${weight}]` : `[${weight}]`;
    return lines(
      'const z = tape.watch(logits); // [4, 2]',
      `const labels = [${weightLabels(rare).join(', ')}];`,
      `const options = { weight: ${weights}${isMended ? ", reduction: 'sum'" : ''} };`,
      ...(isMended
        ? ['const total = softmaxCrossEntropy(z, labels, options);', 'const loss = divide(total, labels.length);']
        : ['const loss = softmaxCrossEntropy(z, labels, options);']),
      'tape.gradients(loss);',
    );
  },
  ignored: ({ ignored }, isMended) =>
    lines(
      'const z = tape.watch(logits); // [4, 3]',
      `const labels = [${ignoredLabels(ignored).join(', ')}];`,
      ...(isMended
        ? [
            'const counted = labels.filter((y) => y !== -100).length;',
            "const options = { reduction: 'sum' };",
            'const total = softmaxCrossEntropy(z, labels, options);',
            'const loss = divide(total, Math.max(counted, 1));',
          ]
        : ['const loss = softmaxCrossEntropy(z, labels);']),
      'tape.gradients(loss);',
    ),
  rate: ({ rate, curvature, type }, isMended) =>
    lines(
      `const f = (x) => sum(multiply([0.5, ${curvature / 2}], square(x)));`,
      `const start = tensor([${descentStart.join(', ')}], { dtype: '${type}' });`,
      'const path = gradientDescent(f, start, {',
      `  learningRate: ${isMended ? `1 / ${curvature}` : rate},`,
      `  steps: ${descentSteps},`,
      '});',
    ),
  dead: ({ bias, unit }, isMended) =>
    lines(
      'const layers = [',
      '  new Dense({ outFeatures: 8 }),',
      unit === 'LeakyReLU' ? '  new LeakyReLU({ slope: 0.1 }),' : '  new ReLU(),',
      '  new Dense({ outFeatures: 2 }),',
      '];',
      'const model = new Sequential(layers, {',
      '  inputShape: [2],',
      '  random: new Random(1),',
      "  dtype: 'float64',",
      '});',
      "const bias = model.parameter('dense1.bias');",
      `bias.assign(full([8], ${isMended ? 0 : bias}, { dtype: 'float64' }));`,
      'const { parameters } = model;',
      'await fit({',
      '  epochs: 200,',
      '  batches: () => [{ points, labels }],',
      '  loss: ({ points, labels }, tape) => {',
      '    const z = model.call(tape.constant(points));',
      '    return softmaxCrossEntropy(z, labels);',
      '  },',
      '  optimiser: new SGD(parameters, { learningRate: 0.3 }),',
      '  callbacks: [warnAtChance({ classes: 2, after: 100 })],',
      '});',
    ),
};

const lines = (...all: readonly string[]): string => all.join('\n');
