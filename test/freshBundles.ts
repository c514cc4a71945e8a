import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Written for Node alone, without types. */
const bundler: string = '../tools/bundle.mjs';

/**
 * Programs that tests start read the packages as they were bundled: who changes a source and runs one test gets what is
 * written there, and not what was built last. Where nothing was built yet, `tools/build.mjs` says so.
 */
export default async function freshBundles(): Promise<void> {
  if (!existsSync(fileURLToPath(new URL('../packages/core/dist/index.js', import.meta.url)))) return;
  const { bundlePackages } = (await import(bundler)) as { bundlePackages(): Promise<void> };
  await bundlePackages();
}
