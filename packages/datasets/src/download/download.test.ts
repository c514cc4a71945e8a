import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startMirror } from '../../test/mirror.ts';
import { writeIdx } from '../../test/writeIdx.ts';
import { sha256 } from '../formats/checksum.ts';
import { mnist } from '../sources/mnist.ts';
import { downloadFile } from './datasetFile.ts';
import { checkMirrors, type DownloadOptions, type DownloadProgress } from './download.ts';

const content = writeIdx(
  8,
  [1000],
  Array.from({ length: 1000 }, (_, index) => (index * index) % 251),
);
const packed = gzipSync(content);
const file = { name: 'few-labels', bytes: content.length, sha256: await sha256(content), shape: [1000] };
/** Long enough for a busy machine, and for tests of silence short. */
const timeouts = { firstByte: 1500, stall: 1500, whole: 6000, decision: 3000 };
const impatient = { firstByte: 200, stall: 200, whole: 2000, decision: 400 };

const good = (response: ServerResponse) => response.end(packed);
const startGood = () => startMirror((_, response) => good(response));
const download = (mirrors: readonly string[], options: Partial<DownloadOptions> = {}) =>
  downloadFile(file, mnist, { mirrors, timeouts, fetch: globalThis.fetch, ...options });

/** The message of the error with which a mirror's answer is refused, with the mirror's address taken out. */
async function refusal(mirror: string, options?: Partial<DownloadOptions>): Promise<string> {
  const error: unknown = await download([mirror], options).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'DownloadError', code: 'DOWNLOAD', operation: 'few-labels' });
  return (error as Error).message.replaceAll(mirror, '<mirror>');
}

describe('downloadFile', () => {
  test('asks for the gzipped file, checks it, and tells how far it has come', async () => {
    const asked: (string | undefined)[] = [];
    const mirror = await startMirror((request, response) => {
      asked.push(request.url);
      response.setHeader('content-length', packed.length);
      good(response);
    });
    const progress: DownloadProgress[] = [];
    const result = await download([mirror], { onProgress: (each) => progress.push(each) });
    expect(result).toMatchObject({ content, mirror });
    expect(asked).toEqual(['/few-labels.gz']);
    const whole = packed.length;
    expect(progress.at(-1)).toEqual({ file: 'few-labels', receivedBytes: whole, totalBytes: whole });
  });

  test('takes a file that the transport has unpacked, of which the length is not known', async () => {
    const mirror = await startMirror((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.setHeader('content-length', packed.length);
      good(response);
    });
    const progress: DownloadProgress[] = [];
    expect((await download([mirror], { onProgress: (each) => progress.push(each) })).content).toEqual(content);
    expect(progress.at(-1)).toEqual({ file: 'few-labels', receivedBytes: content.length, totalBytes: null });
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['says no', (response) => response.writeHead(500).end()],
    ['sends something else', (response) => response.end('<html>Sign in to this network</html>')],
    ['stops in the middle', (response) => response.end(packed.subarray(0, 100))],
    ['hangs up in the middle', (response) => response.write(packed.subarray(0, 100), () => response.destroy())],
    ['never answers', () => undefined],
  ])('goes on to the second mirror when the first %s', async (_, answer) => {
    const first = await startMirror((_, response) => answer(response));
    const second = await startGood();
    expect(await download([first, second])).toMatchObject({ content, mirror: second });
  });
});

describe('downloadFile gives up', () => {
  test('on a mirror that says no', async () => {
    expect(await refusal(await startMirror((_, response) => response.writeHead(503).end()))).toMatchInlineSnapshot(
      `"few-labels: <mirror> answered 503; wanted its 1008 bytes from one of the mirrors. Check the network, or put the four files of MNIST in a folder and name it in TAPEGRAD_DATA."`,
    );
  });

  test('on a mirror that cannot be reached', async () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const nobody: typeof fetch = () => Promise.reject(new TypeError('fetch failed', { cause: refused }));
    expect(await refusal('https://mirror.example/', { fetch: nobody })).toContain(
      '<mirror> cannot be reached (ECONNREFUSED);',
    );
  });

  test('on a mirror that accepts and never answers', async () => {
    const mirror = await startMirror(() => undefined);
    expect(await refusal(mirror, { timeouts: impatient })).toContain('<mirror> no answer within 0.2 s;');
  });

  test('on a fetch that takes no notice of the signal', async () => {
    const deaf: typeof fetch = () => new Promise(() => undefined);
    expect(await refusal('https://mirror.example/', { fetch: deaf, timeouts: impatient })).toContain(
      'no answer within 0.2 s',
    );
  });

  test('on a mirror that falls silent', async () => {
    const mirror = await startMirror((_, response) => response.write(packed.subarray(0, 100)));
    expect(await refusal(mirror, { timeouts: { ...timeouts, stall: 200 } })).toContain('<mirror> silent for 0.2 s;');
  });

  test('on a mirror that dribbles', async () => {
    const mirror = await startMirror((_, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    expect(await refusal(mirror, { timeouts: { ...timeouts, whole: 300 } })).toContain(
      '<mirror> not done within 0.3 s;',
    );
  });

  test('on a mirror that does not end', async () => {
    const mirror = await startMirror((_, response) => {
      const more = () => response.write(new Uint8Array(65_536), (error) => error || more());
      more();
    });
    expect(await refusal(mirror)).toContain(`<mirror> sent more than ${content.length + 65_536} bytes;`);
  });

  test('on another content', async () => {
    const other = content.slice();
    other[500] ^= 1;
    const mirror = await startMirror((_, response) => response.end(gzipSync(other)));
    expect(await refusal(mirror)).toMatchInlineSnapshot(
      `"few-labels: <mirror> sent a wrong file (the content has the SHA-256 2fa845ffaa74e9c1bc25a0c3dce5822503b4fec2666de0d542caea212c84d1c6); wanted its 1008 bytes from one of the mirrors. Check the network, or put the four files of MNIST in a folder and name it in TAPEGRAD_DATA."`,
    );
  });

  test('on all mirrors together within the time to decide, however many they are', async () => {
    const mirrors = await Promise.all([0, 1, 2, 3].map(() => startMirror(() => undefined)));
    const started = Date.now();
    await expect(download(mirrors, { timeouts: impatient })).rejects.toThrow('no answer within 0.1 s');
    expect(Date.now() - started).toBeLessThan(1000);
  });

  test('when there is nobody to ask', async () => {
    await expect(download([])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DownloadError: few-labels: no mirror to ask; wanted its 1008 bytes from one of the mirrors. Check the network, or put the four files of MNIST in a folder and name it in TAPEGRAD_DATA.]`,
    );
  });

  test('when the user wants no more, with the reason given', async () => {
    const controller = new AbortController();
    const mirror = await startMirror((_, response) => {
      response.write(packed.subarray(0, 100), () => controller.abort(new Error('Ctrl-C')));
    });
    await expect(download([mirror, await startGood()], { signal: controller.signal })).rejects.toThrow('Ctrl-C');
  });
});

describe('checkMirrors', () => {
  test('adds the slash that is missing', () => {
    expect(checkMirrors(['https://a.example/x', 'http://127.0.0.1:80/'])).toEqual([
      'https://a.example/x/',
      'http://127.0.0.1:80/',
    ]);
  });

  test.each(['http://a.example/', 'ftp://a.example/', 'a.example', ''])('refuses %j', (mirror) => {
    expect(() => checkMirrors([mirror])).toThrow(`loadMnist: the mirror ${mirror}; wanted an address that begins`);
  });

  test('refuses plain http in full', () => {
    expect(() => checkMirrors(['http://a.example/'])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: loadMnist: the mirror http://a.example/; wanted an address that begins with https://. Name a mirror that can be asked over https.]`,
    );
  });
});
