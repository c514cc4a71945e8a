import type { IncomingMessage, ServerResponse } from 'node:http';
import { startMirror } from './mirror.ts';

/** A mirror that serves these files, and counts how often each was asked for. */
export async function serve(
  files: Readonly<Record<string, Uint8Array>>,
  misbehave?: (request: IncomingMessage, response: ServerResponse, file: Uint8Array | undefined) => boolean,
): Promise<{ mirror: string; asked: string[] }> {
  const asked: string[] = [];
  const mirror = await startMirror((request, response) => {
    const name = (request.url ?? '').slice(1);
    asked.push(name);
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (misbehave?.(request, response, file)) return;
    if (!file) response.writeHead(404).end();
    else response.writeHead(200, { 'content-length': file.length }).end(file);
  });
  return { mirror, asked };
}
