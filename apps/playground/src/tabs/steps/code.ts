import type { Question } from './question.ts';

/** A program that computes the loss of a question and its gradient with respect to the logits, and prints both. */
export function codeOf({ logits, target, weights, smoothing, reduction, base, dtype }: Question): string {
  const options = [
    ...(weights.some((weight) => weight !== 1) ? [`weight: ${JSON.stringify(weights)}`] : []),
    ...(smoothing > 0 ? [`labelSmoothing: ${smoothing}`] : []),
    ...(reduction === 'mean' ? [] : [`reduction: '${reduction}'`]),
  ];
  const targets = target.kind === 'index' ? target.labels : target.rows;
  const given = options.length > 0 ? `, { ${options.join(', ')} }` : '';
  const loss = `softmaxCrossEntropy(z, ${JSON.stringify(targets)}${given})`;
  const inBase = base === 'e' ? loss : `divide(${loss}, Math.log(${base}))`;
  // Several losses have one gradient together: that of their sum.
  const ops = [...(base === 'e' ? [] : ['divide']), ...(reduction === 'none' ? ['sum'] : []), 'Tape', 'tensor'];
  return [
    `import { ${ops.join(', ')} } from '@tapegrad/core';`,
    "import { softmaxCrossEntropy } from '@tapegrad/nn';",
    '',
    'const tape = new Tape();',
    `const z = tape.watch(tensor(${JSON.stringify(logits)}, { dtype: '${dtype}' }));`,
    `const loss = ${inBase};`,
    `const gradient = tape.gradients(${reduction === 'none' ? 'sum(loss)' : 'loss'}).get(z);`,
    'console.log(loss.toList(), gradient.toList());',
    '',
  ].join('\n');
}
