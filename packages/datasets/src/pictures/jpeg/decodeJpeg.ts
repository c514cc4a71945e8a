import type { Picture } from '../picture.ts';
import { jpegError } from './jpegHeader.ts';

interface NodeModules {
  getBuiltinModule(name: 'node:fs'): { readFileSync(path: string): Uint8Array<ArrayBuffer> };
  getBuiltinModule(name: 'node:module'): { createRequire(from: string): { resolve(path: string): string } };
}

/** The decoder as it is loaded, and what it has said since it began with a picture. */
interface Decoder {
  readonly decode: (bytes: Uint8Array) => Promise<{ width: number; height: number; data: Uint8ClampedArray }>;
  readonly said: string[];
}

/** Loaded with the first picture, and anew after one that it gave up: what that one held is never given back. */
let decoder: Promise<Decoder> | undefined;
let binary: Promise<WebAssembly.Module> | undefined;
/** Pictures are decoded one after the other, so that what the decoder says belongs to one of them. */
let last: Promise<unknown> = Promise.resolve();

/**
 * The pixels of a JPEG picture, as red, green, blue and opacity, by MozJPEG in WebAssembly: those of libjpeg-turbo. A page has
 * `decodeJpegInPage.ts` instead, by the field `browser` of package.json.
 *
 * @throws JpegError when the decoder complains, also where it would go on with grey for what is missing
 */
export function decodeJpeg(bytes: Uint8Array, name: string): Promise<Picture> {
  const decoded = last.then(() => decodeNext(bytes, name));
  last = decoded.catch(() => undefined);
  return decoded;
}

async function decodeNext(bytes: Uint8Array, name: string): Promise<Picture> {
  decoder ??= load();
  const { decode, said } = await decoder;
  const picture = await decode(bytes).catch(() => null);
  const [complaint] = said.splice(0);
  if (!picture) decoder = undefined;
  if (!picture || complaint !== undefined) {
    throw jpegError(name, `it cannot be decoded (${complaint ?? 'no reason is given'})`);
  }
  const { width, height, data } = picture;
  return { width, height, channels: 4, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

async function load(): Promise<Decoder> {
  const { default: decode, init } = await import('@jsquash/jpeg/decode.js');
  const said: string[] = [];
  const hear = (line: string): void => void said.push(line);
  binary ??= compiled();
  // The package's types leave out the second argument, which its code and its README have.
  const begin = init as (binary: WebAssembly.Module, options: object) => Promise<void>;
  await begin(await binary, { print: hear, printErr: hear });
  return { decode: decode as unknown as Decoder['decode'], said };
}

/** The package would fetch its WebAssembly, which Node cannot do with a file. */
function compiled(): Promise<WebAssembly.Module> {
  const { process } = globalThis as unknown as { readonly process: NodeModules };
  const { createRequire } = process.getBuiltinModule('node:module');
  const file = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm');
  return WebAssembly.compile(process.getBuiltinModule('node:fs').readFileSync(file));
}
