import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/** The page and its scripts, built as a user's bundler would, by path. */
export async function bundle(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const result = (await build({
    root: source('.'),
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022' },
    worker: { format: 'es' },
    resolve: {
      alias: [
        { find: /^@tapegrad\/(core|nn|datasets)$/, replacement: source('../../packages/$1/src/index.ts') },
        { find: /^@tapegrad\/core\/authors$/, replacement: source('../../packages/core/src/authors/index.ts') },
      ],
    },
  })) as Rolldown.RolldownOutput;
  return new Map(result.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]));
}

/** A server of those files on a free port, with the given headers. */
export async function serve(
  files: ReadonlyMap<string, string | Uint8Array>,
  headers: Readonly<Record<string, string>>,
): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const path = url === '/' ? '/index.html' : url;
    const file = files.get(path);
    const type = path.endsWith('.html') ? 'text/html' : 'text/javascript';
    response.writeHead(file === undefined ? (path === '/favicon.ico' ? 204 : 404) : 200, {
      ...headers,
      'Content-Type': type,
    });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
