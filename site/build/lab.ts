import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, createServer, type Plugin } from 'vite';

const configFile = fileURLToPath(new URL('../../apps/playground/vite.config.ts', import.meta.url));

/** Builds the Lab into the site's folder `lab`. Its paths are relative already. */
export async function buildLab(site: string): Promise<void> {
  await build({ configFile, logLevel: 'warn', build: { outDir: join(site, 'lab'), emptyOutDir: true } });
}

/** Serves the Lab under `/lab/` while the site is written. */
export function labWhileWriting(): Plugin {
  return {
    name: 'lab-while-writing',
    apply: 'serve',
    async configureServer(server) {
      const lab = await createServer({ configFile, base: '/lab/', server: { middlewareMode: true, hmr: false } });
      server.httpServer?.on('close', () => lab.close());
      server.middlewares.use((request, response, next) => {
        if (request.url?.startsWith('/lab/')) lab.middlewares(request, response, next);
        else next();
      });
    },
  };
}
