import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, type } from 'node:os';
import { outputOf } from './process.ts';
import type { Machine } from './results.ts';

/** What the run runs on. */
export async function describeMachine(node: string, python: string): Promise<Machine> {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: type(),
    node: (await outputOf(node, ['--version'])).trim(),
    versions: { ...versions(), ...(await versionOfTorch(python)) },
    loadBefore: loadavg()[0],
  };
}

/** The versions of the competitors in JavaScript, as bench/package.json pins them. */
function versions(): Record<string, string> {
  const manifest = new URL('../../package.json', import.meta.url);
  const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8'));
  const names = ['@tensorflow/tfjs', '@jax-js/jax', 'onnxruntime-web'];
  return Object.fromEntries(names.map((name) => [name, dependencies[name]]));
}

async function versionOfTorch(python: string): Promise<Record<string, string>> {
  try {
    return { PyTorch: (await outputOf(python, ['-c', 'import torch; print(torch.__version__)'])).trim() };
  } catch {
    return {}; // It is left out then, with a word.
  }
}
