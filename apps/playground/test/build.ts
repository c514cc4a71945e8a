import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/** The files of the page as a static host has them, by path. */
export type Files = ReadonlyMap<string, string | Uint8Array>;

/** Builds the page as `npx pnpm playground:build` does, and keeps its files here. */
export async function buildPage(): Promise<Files> {
  const result = (await build({
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    logLevel: 'warn',
    build: { write: false },
  })) as Rolldown.RolldownOutput;
  return new Map(result.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]));
}
