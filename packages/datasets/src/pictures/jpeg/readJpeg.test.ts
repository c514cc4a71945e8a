import { describe, expect, test } from 'vitest';
import { laterMessagesOf } from '../../../../core/test/messages.ts';
import { arithmeticJpeg, bytesOf, jpegs } from '../../../test/jpegs.ts';
import { crc32 } from '../../archives/crc32.ts';
import { JpegError } from '../../errors.ts';
import { readJpeg } from './readJpeg.ts';

const read = (bytes: Uint8Array, mostPixels?: number) => readJpeg(bytes, { name: 'x.jpg', mostPixels });
const named = (name: string): Uint8Array => {
  const fixture = jpegs.find((each) => each.name === name);
  if (!fixture) throw new Error(`no fixture called ${name}`);
  return bytesOf(fixture);
};
/** The same bytes with some of them changed, by their index. */
const changed = (bytes: Uint8Array, changes: Readonly<Record<number, number>>): Uint8Array => {
  const copy = bytes.slice();
  for (const [at, byte] of Object.entries(changes)) copy[Number(at)] = byte;
  return copy;
};
/** Where a marker stands. */
const marker = (bytes: Uint8Array, kind: number): number => {
  const at = bytes.findIndex((byte, index) => byte === 0xff && bytes[index + 1] === kind);
  if (at < 0) throw new Error(`no marker ${kind}`);
  return at;
};

describe('readJpeg gives the pixels of libjpeg-turbo', () => {
  test.each(jpegs.map((fixture) => [fixture.name, fixture] as const))('%s', async (_, fixture) => {
    const { width, height, channels, data } = await read(bytesOf(fixture));
    expect({ width, height, channels }).toEqual({
      width: fixture.width,
      height: fixture.height,
      channels: fixture.channels,
    });
    expect(data).toHaveLength(width * height * channels);
    expect(crc32(data)).toBe(fixture.crc32);
  });

  test('whatever stands behind the end, and in front of a marker', async () => {
    const bytes = named('grey');
    const { data } = await read(bytes);
    expect((await read(Uint8Array.of(...bytes, 1, 2, 3))).data).toEqual(data);
    const at = marker(bytes, 0xdb);
    expect((await read(Uint8Array.of(...bytes.subarray(0, at), 0xff, 0xff, ...bytes.subarray(at)))).data).toEqual(data);
  });
});

describe('readJpeg refuses', () => {
  const colour = named('colour at half of both');
  const frame = marker(colour, 0xc0);

  test('what is damaged, too large or of another kind, in words', async () => {
    expect(
      await laterMessagesOf({
        empty: () => read(new Uint8Array(0)),
        'a PNG': () => read(Uint8Array.of(0x89, 0x50, 0x4e, 0x47)),
        'cut in a segment': () => read(colour.subarray(0, 30)),
        'cut in the pixels': () => read(colour.subarray(0, colour.length - 40)),
        'cut before the end': () => read(colour.subarray(0, colour.length - 2)),
        'too many pixels': () => read(colour, 17 * 19 - 1),
        'a large picture in few bytes': () => read(changed(colour, { [frame + 5]: 7, [frame + 7]: 7 })),
        'no height': () => read(changed(colour, { [frame + 5]: 0, [frame + 6]: 0 })),
        '12 bits': () => read(changed(colour, { [frame + 4]: 12 })),
        'no scan': () => read(Uint8Array.of(...colour.subarray(0, marker(colour, 0xda)), 0xff, 0xd9)),
        'arithmetic coding': () => read(Uint8Array.from(Buffer.from(arithmeticJpeg, 'base64'))),
        'a factor of 0': () => read(changed(colour, { [frame + 11]: 0x02 })),
        'four components': () =>
          read(
            Uint8Array.of(
              ...colour.subarray(0, frame + 2),
              0,
              20,
              ...colour.subarray(frame + 4, frame + 9),
              4,
              ...[1, 2, 3, 4].flatMap((id) => [id, 0x11, 0]),
            ),
          ),
      }),
    ).toMatchInlineSnapshot(`
      {
        "12 bits": "JpegError: x.jpg: numbers of 12 bits; wanted numbers of 8 bits. Save it anew as an ordinary JPEG or a PNG.",
        "a PNG": "JpegError: x.jpg: the file does not begin as a JPEG does; wanted a JPEG picture. Check that this is the picture you meant, or save it anew.",
        "a factor of 0": "JpegError: x.jpg: it cannot be decoded (Bogus sampling factors); wanted a whole and undamaged JPEG picture. Check that this is the picture you meant, or save it anew.",
        "a large picture in few bytes": "JpegError: x.jpg: it cannot be decoded (Corrupt JPEG data: premature end of data segment); wanted a whole and undamaged JPEG picture. Check that this is the picture you meant, or save it anew.",
        "arithmetic coding": "JpegError: x.jpg: a picture in arithmetic coding; wanted a baseline or progressive picture in Huffman coding. Save it anew as an ordinary JPEG or a PNG.",
        "cut before the end": "JpegError: x.jpg: it cannot be decoded (Premature end of JPEG file); wanted a whole and undamaged JPEG picture. Check that this is the picture you meant, or save it anew.",
        "cut in a segment": "JpegError: x.jpg: the file ends inside a segment; wanted a whole and undamaged JPEG picture. Check that this is the picture you meant, or save it anew.",
        "cut in the pixels": "JpegError: x.jpg: it cannot be decoded (Premature end of JPEG file); wanted a whole and undamaged JPEG picture. Check that this is the picture you meant, or save it anew.",
        "empty": "JpegError: x.jpg: the file does not begin as a JPEG does; wanted a JPEG picture. Check that this is the picture you meant, or save it anew.",
        "four components": "JpegError: x.jpg: a picture for printing (CMYK); wanted grey, or three colours. Save it anew as an ordinary JPEG or a PNG.",
        "no height": "JpegError: x.jpg: a picture of 17×0 pixels; wanted a whole and undamaged JPEG picture. Check that this is the picture you meant, or save it anew.",
        "no scan": "JpegError: x.jpg: it cannot be decoded (Invalid JPEG file structure: missing SOS marker); wanted a whole and undamaged JPEG picture. Check that this is the picture you meant, or save it anew.",
        "too many pixels": "JpegError: x.jpg: a picture of 17×19 pixels; wanted at most 322 pixels. Check that this is the picture you meant, or save it anew.",
      }
    `);
  });

  test('every part of a file', async () => {
    for (const bytes of [colour, named('colour at half of both, progressive'), named('with restarts')]) {
      for (let length = 0; length < bytes.length - 1; length += 13) {
        await expect(read(bytes.subarray(0, length))).rejects.toThrow(JpegError);
      }
    }
  });

  test('one picture, and reads those that are asked for beside it', async () => {
    const grey = named('grey');
    const [first, broken, second] = await Promise.allSettled([
      read(grey),
      read(colour.subarray(0, colour.length - 40)),
      read(grey),
    ]);
    expect([first.status, broken.status, second.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(second).toEqual(first);
  });

  test('more scans than anybody writes, each of which costs a walk over all blocks', async () => {
    const bytes = named('grey, progressive');
    const scan = marker(bytes, 0xda);
    const next = scan + 2 + bytes.subarray(scan + 2).findIndex((byte, at, all) => byte === 0xff && all[at + 1] >= 0xc0);
    const many = [...bytes.subarray(0, scan)];
    for (let copy = 0; copy < 101; copy++) many.push(...bytes.subarray(scan, next));
    await expect(read(Uint8Array.from([...many, 0xff, 0xd9]))).rejects.toThrow('more than 100 scans');
  });
});
