import { panelNets } from '../panel/nets.ts';
import type { Panel, PanelResult, Predictions } from '../run/results.ts';
import { mebibytes, number } from './numbers.ts';
import { table } from './table.ts';

/** One row a net: the best step on each Node and in PyTorch, their ratio, and the memory that it took. */
export function panelSection({ threads, engines, rounds, nets }: Panel): string {
  const versions = Object.keys(engines);
  const headers = [
    ...['net', ...versions.map((version) => `Node ${version}, ms`), 'PyTorch, ms', 'as'],
    ...versions.map((version) => `${version} / PyTorch`),
    ...versions.map((version) => `${version}, MiB`),
    'PyTorch, MiB',
  ];
  const rows = nets.map(({ net, ours, torch }) => [
    `\`${net}\``,
    ...versions.map((version) => number(ours[version].minMs)),
    torch ? number(torch.minMs) : '–',
    torch?.variant ?? '–',
    ...versions.map((version) => (torch ? ratio(ours[version].minMs / torch.minMs) : '–')),
    ...versions.map((version) => mebibytes(ours[version].peakBytes)),
    torch ? mebibytes(torch.peakBytes) : '–',
  ]);
  const means = versions.map(
    (version) => `${ratio(geometricMean(nets, version))} on Node ${version} (${engines[version]})`,
  );
  return [
    `### The panel: nets that people write, ${threads} threads`,
    `The best step of ${rounds} rounds in turn; PyTorch with fused Adam, in the way that was fastest of eager, channels last and compiled.\nA ratio below 1 says that tapegrad is faster; in the geometric mean it is ${means.join(', ')}. Memory is the peak of the process, beside the runtime with its libraries.`,
    table(headers, rows),
    nets.map(({ net }) => `- \`${net}\`: ${panelNets[net].about}, batch ${panelNets[net].batch}`).join('\n'),
  ].join('\n\n');
}

/** One row a net and batch: the best prediction of both, and their ratio. */
export function predictionSection({ threads, node, rows }: Predictions): string {
  return [
    `### Prediction, ${threads} threads, Node ${node}`,
    '`model.call` off the tape, beside ONNX Runtime Web (WebAssembly) on the exported model in the same Node; the best of all.',
    table(
      ['net', 'batch', 'tapegrad, ms', 'ONNX Runtime Web, ms', 'ratio'],
      rows.map(({ net, batch, ownMs, onnxMs }) => [
        `\`${net}\``,
        String(batch),
        number(ownMs),
        number(onnxMs),
        ratio(ownMs / onnxMs),
      ]),
    ),
  ].join('\n\n');
}

function geometricMean(nets: readonly PanelResult[], version: string): number {
  const logarithms = nets.flatMap(({ ours, torch }) => (torch ? [Math.log(ours[version].minMs / torch.minMs)] : []));
  return Math.exp(logarithms.reduce((sum, logarithm) => sum + logarithm, 0) / logarithms.length);
}

function ratio(value: number): string {
  return value.toFixed(2);
}
