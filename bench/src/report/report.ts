import { type NetName, netNames } from '../nets.ts';
import type { Results, StepResult } from '../run/results.ts';
import { median } from '../statistics.ts';
import { kernelSection } from './kernelSection.ts';
import { kindSection } from './kindSection.ts';
import { kilobytes, mebibytes, number, percent } from './numbers.ts';
import { panelSection, predictionSection } from './panelSection.ts';
import { table } from './table.ts';

/** What a run has found out, in Markdown: for people, and for docs/performance.md. */
export function report(results: Results): string {
  return [
    machineSection(results),
    ...stepSections(results),
    ...(results.panel ? [panelSection(results.panel)] : []),
    ...(results.predictions ? [predictionSection(results.predictions)] : []),
    ...(results.kernels ? [kernelSection(results.kernels, results.batch)] : []),
    ...(results.kinds ? [kindSection(results.kinds)] : []),
    ...overheadSection(results),
    ...memorySection(results),
    ...startSection(results),
    ...sizeSection(results),
    ...scalingSection(results),
  ]
    .join('\n\n')
    .concat('\n');
}

function machineSection({ machine, date, noise, earlier = [] }: Results): string {
  const { processor, cores, memoryGiB, system, node, versions, loadBefore } = machine;
  const peers = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${processor}, ${cores} cores, ${memoryGiB} GiB; ${system}; Node ${node}; ${peers.join(', ')}; ${date}.`,
    noise ? `It was ${noise.verdict}.` : 'There was one round only, so nobody knows how noisy it was.',
    `Before the run ${loadBefore.toFixed(1)} processes wanted one of the ${cores} cores.`,
    ...earlier.map(
      ({ command, date, node, parts }) =>
        `From an earlier run (\`${command}\`, Node ${node}, ${date}): ${parts.join(', ')}.`,
    ),
  ].join('\n');
}

function stepSections({ steps = [], leftOut, batch }: Results): string[] {
  const sections = netNames
    .map((net) => ({ net, rows: steps.filter((step) => step.net === net) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ net, rows }) => `### A step of \`${net}\`, batch ${batch}\n\n${stepTable(net, rows)}`);
  const missing = leftOut.map(({ what, why }) => `- ${what}: ${why}`);
  return missing.length > 0 ? [...sections, `Left out:\n\n${missing.join('\n')}`] : sections;
}

function stepTable(_net: NetName, rows: readonly StepResult[]): string {
  const fastestFirst = [...rows].sort((a, b) => a.medianMs - b.medianMs);
  return table(
    ['', 'median ms', 'min ms', 'p90 ms', 'images/s', 'GFLOP/s', 'rounds', 'spread'],
    fastestFirst.map((row) => [
      row.name,
      number(row.medianMs),
      number(row.minMs),
      number(row.p90Ms),
      number(row.samplesPerSecond),
      number(row.gigaflops),
      String(row.roundMs.length),
      percent(row.spread),
    ]),
  );
}

function overheadSection({ overhead, batch }: Results): string[] {
  if (!overhead) return [];
  const { forwardMicroseconds, backwardMicroseconds, stepMs, outsideKernelsMs, kernels } = overhead;
  const most = kernels.slice(0, 12);
  return [
    [
      '### What an op costs beside its arithmetic\n',
      `An op on one number: ${number(forwardMicroseconds)} µs forward, ${number(backwardMicroseconds)} µs backward. Of a step of`,
      `\`small\` with ${batch} images on one thread, ${number(stepMs)} ms, ${number(outsideKernelsMs)} ms (${percent(outsideKernelsMs / stepMs)}) are spent outside of kernels.`,
    ].join('\n'),
    table(
      ['kernel', 'calls a step', 'ms a step'],
      most.map(({ operation, callsPerStep, msPerStep }) => [
        `\`${operation}\``,
        number(callsPerStep),
        number(msPerStep),
      ]),
    ),
  ];
}

function memorySection({ memory }: Results): string[] {
  if (!memory) return [];
  const rows = memory.map(({ step, engineBytes, residentBytes }) => [
    number(step),
    mebibytes(engineBytes),
    mebibytes(residentBytes),
  ]);
  return ['### Memory of `small`', table(['after step', 'engine MiB', 'process MiB'], rows)];
}

function startSection({ firstStepMs }: Results): string[] {
  if (!firstStepMs) return [];
  const [middle, least] = [median(firstStepMs), Math.min(...firstStepMs)];
  return [
    `### Start\n\nFrom the start of Node to the end of the first step of \`small\`: ${number(middle)} ms in the middle of ${firstStepMs.length} starts, ${number(least)} ms at best.`,
  ];
}

function sizeSection({ sizes }: Results): string[] {
  if (!sizes) return [];
  const rows = sizes.map(({ what, minifiedBytes, gzipBytes }) => [
    what,
    kilobytes(minifiedBytes),
    kilobytes(gzipBytes),
  ]);
  return ['### Size in a page', table(['bundled', 'minified kB', 'gzip kB'], rows)];
}

function scalingSection({ scaling }: Results): string[] {
  if (!scaling) return [];
  const { batches, batchExponent, epochs, epochExponent } = scaling;
  return [
    `### Growth\n\nA step grows with its batch to the power of ${batchExponent.toFixed(2)}, an epoch with its images to the power of ${epochExponent.toFixed(2)}.`,
    table(
      ['images in a step', 'ms', 'µs an image'],
      batches.map(({ batch, medianMs }) => [number(batch), number(medianMs), number((1000 * medianMs) / batch)]),
    ),
    table(
      ['images in an epoch', 'ms', 'µs an image'],
      epochs.map(({ images, milliseconds }) => [
        number(images),
        number(milliseconds),
        number((1000 * milliseconds) / images),
      ]),
    ),
  ];
}
