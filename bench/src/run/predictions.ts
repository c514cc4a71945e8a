import type { Predictor } from '../cli/options.ts';
import type { StepTimes } from '../measure/stepTimes.ts';
import type { PanelName } from '../panel/nets.ts';
import type { PanelField } from './panel.ts';
import { measureApart, outputOf } from './process.ts';
import type { Prediction, Predictions } from './results.ts';

/** Nets that both know how to predict with, and how many samples at a time. */
const predicted: readonly PanelName[] = ['mlp', 'lenet', 'quick', 'vggbn', 'resnet20', 'mobile'];
const batches = [1, 256];

/** Predictions off the tape, ours and ONNX Runtime's in turn, each in a process of its own. */
export async function playPredictions(
  { node, threads, seconds, warmUpSeconds }: PanelField,
  rounds: number,
  say: (line: string) => void,
): Promise<Predictions> {
  const best = async (net: PanelName, batch: number, predictor: Predictor): Promise<number> => {
    const { minMs } = await measureApart<StepTimes>(node, [
      ...['predict', `--net=${net}`, `--batch=${batch}`, `--threads=${threads}`, `--predictor=${predictor}`],
      ...['--steps=1000000', `--seconds=${seconds}`, `--warm-up=${warmUpSeconds}`],
    ]);
    say(`predict  ${net.padEnd(10)}batch ${batch}  ${predictor.padEnd(12)}${minMs.toFixed(3)} ms`);
    return minMs;
  };
  const rows: Prediction[] = [];
  for (const net of predicted) {
    for (const batch of batches) {
      let [ownMs, onnxMs] = [Infinity, Infinity];
      for (let round = 0; round < rounds; round++) {
        ownMs = Math.min(ownMs, await best(net, batch, 'tapegrad'));
        onnxMs = Math.min(onnxMs, await best(net, batch, 'onnxruntime'));
      }
      rows.push({ net, batch, ownMs, onnxMs });
    }
  }
  return { threads, node: (await outputOf(node, ['--version'])).trim(), rows };
}
