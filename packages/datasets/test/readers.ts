import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { encode } from 'fast-png';
import { zipSync } from 'fflate';
import { arraySource, piecesOf } from '../src/archives/byteSource.ts';
import { readTar } from '../src/archives/tar.ts';
import { readZip } from '../src/archives/zip.ts';
import { cifarRecord, readCifar10 } from '../src/formats/cifar.ts';
import { readCsv } from '../src/formats/csv/readCsv.ts';
import { gunzipIfNeeded } from '../src/formats/gzip.ts';
import { readIdx } from '../src/formats/idx.ts';
import { readJpeg } from '../src/pictures/jpeg/readJpeg.ts';
import { readPng } from '../src/pictures/png.ts';
import { bytesOf, jpegs } from './jpegs.ts';
import { writeIdx } from './writeIdx.ts';
import { writePng } from './writePng.ts';
import { writeTar } from './writeTar.ts';

const name = 'some-file';
const wanted = new Map([['folder/one', 2000]]);
const noise = Uint8Array.from({ length: 1500 }, (_, at) => (at * at * 7919) >>> 8);
const few = Uint8Array.from({ length: 48 }, (_, at) => at * 5);

/** A real file of MNIST, where it is at hand. */
const real = `${process.env.TAPEGRAD_DATA ?? ''}/t10k-labels-idx1-ubyte.gz`;
const realLabels = process.env.TAPEGRAD_DATA && existsSync(real) ? [readFileSync(real)] : [];

/** Every reader of bytes by name, with files that it reads. */
export const readers: readonly (readonly [string, (bytes: Uint8Array) => unknown, readonly Uint8Array[]])[] = [
  [
    'IDX',
    (bytes) => readIdx(bytes, { name }),
    [writeIdx(8, [2, 3, 4], [...few.subarray(0, 24)]), writeIdx(14, [3], [1, 2, 3])],
  ],
  [
    'gzip',
    (bytes) => gunzipIfNeeded(bytes, { name, limit: 20_000 }),
    [gzipSync(noise), gzipSync(new Uint8Array(20_000)), ...realLabels],
  ],
  [
    'PNG',
    (bytes) => readPng(bytes, { name }),
    [
      encode({ width: 4, height: 4, channels: 3, data: few }),
      writePng({
        width: 3,
        height: 1,
        depth: 2,
        colourType: 3,
        rows: [[0b00011000]],
        palette: [1, 2, 3, 4, 5, 6, 7, 8, 9],
      }),
      writePng({ width: 8, height: 2, depth: 1, rows: [[7], [9]] }),
    ],
  ],
  ['JPEG', (bytes) => readJpeg(bytes, { name }), jpegs.filter((_, at) => at % 3 === 0).map(bytesOf)],
  [
    'CSV',
    (bytes) => readCsv(bytes, { name, labels: 'kind', categories: ['colour'], targets: ['y'] }),
    [
      new TextEncoder().encode('x,"colour",y,kind\r\n1.5,red,-2e3,7\r\n.5,"gr""ey,",0,12\r\n'),
      new TextEncoder().encode(`kind,colour,y\n${'a,b,1\n'.repeat(50)}`),
    ],
  ],
  ['CIFAR-10', (bytes) => readCifar10(bytes, { name }), [new Uint8Array(cifarRecord).fill(9)]],
  [
    'zip',
    (bytes) => readZip(arraySource(bytes), { name, wanted }),
    [zipSync({ 'folder/one': noise, two: few }), zipSync({ 'folder/one': few }, { level: 0 })],
  ],
  [
    'tar',
    (bytes) => readTar(piecesOf(arraySource(bytes)), { name, wanted }),
    [
      writeTar([
        { name: 'zero', content: few },
        { name: 'folder/one', content: noise },
      ]),
    ],
  ],
];
