import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { peer } from '../competitors/peer.ts';

export interface BundleSize {
  readonly what: string;
  readonly minifiedBytes: number;
  readonly gzipBytes: number;
}

/** What the bench uses of `rolldown`. */
interface Bundler {
  rolldown(options: { input: string; platform: 'browser' }): Promise<{
    generate(options: { minify: boolean }): Promise<{ output: readonly { readonly code?: string }[] }>;
    close(): Promise<void>;
  }>;
}

const packages = fileURLToPath(new URL('../../../packages/', import.meta.url));
const core = JSON.stringify(join(packages, 'core/dist/index.js'));
const nn = JSON.stringify(join(packages, 'nn/dist/index.js'));

const programs: Readonly<Record<string, string>> = {
  'a page that trains `small`': `
    import { Random, Tape, tensor } from ${core};
    import { Adam, Conv2d, Dense, Flatten, MaxPool2d, ReLU, Sequential, softmaxCrossEntropy } from ${nn};
    const random = new Random(1);
    const model = new Sequential([
      new Conv2d({ outChannels: 8, kernelSize: 5 }), new ReLU(), new MaxPool2d({ kernelSize: 2 }),
      new Conv2d({ outChannels: 16, kernelSize: 5 }), new ReLU(), new MaxPool2d({ kernelSize: 2 }),
      new Flatten(), new Dense({ outFeatures: 10 }),
    ], { inputShape: [1, 28, 28], random });
    const optimiser = new Adam(model.parameters, { learningRate: 1e-3 });
    export function step(images, labels) {
      const tape = new Tape();
      try {
        const loss = softmaxCrossEntropy(model.call(tape.constant(images)), labels);
        optimiser.step(tape.gradients(loss));
        return loss.item();
      } finally {
        tape.release();
      }
    }`,
  'all of `@tapegrad/core`': `export * from ${core};`,
  'all of `@tapegrad/core` and `@tapegrad/nn`': `import * as core from ${core}; import * as nn from ${nn}; export { core, nn };`,
};

/** How large tapegrad is in a page: bundled, minified, and sent with gzip. */
export async function measureBundles(): Promise<BundleSize[]> {
  const { rolldown } = await peer<Bundler>('rolldown');
  const folder = mkdtempSync(join(tmpdir(), 'tapegrad-bundle-'));
  try {
    const sizes: BundleSize[] = [];
    for (const [what, program] of Object.entries(programs)) {
      const input = join(folder, 'page.js');
      writeFileSync(input, program);
      const bundle = await rolldown({ input, platform: 'browser' });
      const { output } = await bundle.generate({ minify: true });
      await bundle.close();
      const code = Buffer.from(output.map(({ code }) => code ?? '').join(''));
      sizes.push({ what, minifiedBytes: code.length, gzipBytes: gzipSync(code, { level: 9 }).length });
    }
    return sizes;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
