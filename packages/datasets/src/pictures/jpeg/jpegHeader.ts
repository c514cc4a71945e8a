import { JpegError } from '../../errors.ts';

/** What the header of a JPEG picture says. */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  /** 1: grey, 3: colour. */
  readonly components: 1 | 3;
}

/** No program writes more scans; each costs a walk over the whole picture, however few bits it has. */
const mostScans = 100;
const [startOfImage, startOfScan, endOfImage] = [0xd8, 0xda, 0xd9];
/** Frames by their markers that are not baseline, extended or progressive in Huffman coding. */
const unusualFrames: ReadonlyMap<number, string> = new Map([
  [0xc3, 'a lossless picture'],
  ...[0xc5, 0xc6, 0xc7].map((marker) => [marker, 'a hierarchical picture'] as const),
  ...[0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf].map((marker) => [marker, 'a picture in arithmetic coding'] as const),
]);
/** Markers c0 to cf which are no frames: tables, and a reserved one. */
const noFrames = [0xc4, 0xc8, 0xcc];

/** An error about the picture `name`. */
export function jpegError(
  name: string,
  got: string,
  wanted = 'a whole and undamaged JPEG picture',
  remedy = 'Check that this is the picture you meant, or save it anew',
): JpegError {
  return new JpegError({ operation: name, got, wanted, remedy });
}

/**
 * Reads the size before anything is unpacked, and refuses what would not be decoded, or not in bounded time.
 *
 * Source: ITU-T T.81, "Digital compression and coding of continuous-tone still images", 1992, annex B.
 *
 * @throws JpegError when it is no JPEG, has no frame, or one for printing (CMYK), lossless, arithmetic coding or 12 bits
 */
export function readJpegHeader(bytes: Uint8Array, name: string): JpegHeader {
  if (bytes[0] !== 0xff || bytes[1] !== startOfImage) {
    throw jpegError(name, 'the file does not begin as a JPEG does', 'a JPEG picture');
  }
  checkScans(bytes, name);
  for (let at = 2; at + 4 <= bytes.length; ) {
    // Bytes ff may stand in front of a marker.
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === startOfScan || marker === endOfImage) break;
    const length = (bytes[at + 2] << 8) | bytes[at + 3];
    if (length < 2 || at + 2 + length > bytes.length) throw jpegError(name, 'the file ends inside a segment');
    if (marker >= 0xc0 && marker <= 0xcf && !noFrames.includes(marker)) {
      return frameOf(marker, bytes.subarray(at + 4, at + 2 + length), name);
    }
    at += 2 + length;
  }
  throw jpegError(name, 'no picture');
}

function frameOf(marker: number, frame: Uint8Array, name: string): JpegHeader {
  if (frame.length < 6) throw jpegError(name, 'a frame that is cut short');
  const [depth, highHeight, lowHeight, highWidth, lowWidth, components] = frame;
  const [width, height] = [(highWidth << 8) | lowWidth, (highHeight << 8) | lowHeight];
  if (width === 0 || height === 0) throw jpegError(name, `a picture of ${width}×${height} pixels`);
  const kind = unusualFrames.get(marker);
  if (kind) throw unread(name, kind, 'a baseline or progressive picture in Huffman coding');
  if (depth !== 8) throw unread(name, `numbers of ${depth} bits`, 'numbers of 8 bits');
  if (components === 1 || components === 3) return { width, height, components };
  const many = components === 4 ? 'a picture for printing (CMYK)' : `${components} components`;
  throw unread(name, many, 'grey, or three colours');
}

function unread(name: string, got: string, wanted: string): JpegError {
  return jpegError(name, got, wanted, 'Save it anew as an ordinary JPEG or a PNG');
}

/** Within the numbers of a picture no byte ff is followed by the marker of a scan. */
function checkScans(bytes: Uint8Array, name: string): void {
  let scans = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === startOfScan && ++scans > mostScans) throw jpegError(name, `more than ${mostScans} scans`);
  }
}
