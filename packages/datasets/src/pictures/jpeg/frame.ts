import { jpegError } from './jpegError.ts';

/** One component of a picture: brightness, or one of two differences of colour. */
export interface Component {
  readonly id: number;
  /** How many blocks of it stand side by side, and one below the other, in a unit. */
  readonly across: number;
  readonly down: number;
  /** Which quantisation table it uses. */
  readonly quantisation: number;
  /** Its size in samples. */
  readonly width: number;
  readonly height: number;
  /** Blocks in a row and rows of blocks, as far as the picture reaches. */
  readonly blocksAcross: number;
  readonly blocksDown: number;
  /** Blocks in a row of whole units, as they are kept. */
  readonly rowLength: number;
  /** The coefficients of its blocks, 64 each, row by row within a block. */
  readonly coefficients: Int16Array;
  /** The table, as it was when the first scan of this component began. */
  steps: Uint16Array | undefined;
}

/** What a frame's header says. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly isProgressive: boolean;
  readonly components: readonly Component[];
  readonly mostAcross: number;
  readonly mostDown: number;
  /** Units in a row, and rows of units. */
  readonly unitsAcross: number;
  readonly unitsDown: number;
}

/**
 * The frame that an SOF segment describes (ITU-T T.81, B.2.2), with room for its coefficients.
 *
 * @param bytesInAll the length of the file: every block costs at least one bit, so that a small file cannot claim a large picture
 * @throws JpegError when it is of a kind that is not read, or too large
 */
export function readFrame(
  segment: Uint8Array,
  marker: number,
  { name, mostPixels, bytesInAll }: { name: string; mostPixels: number; bytesInAll: number },
): Frame {
  const [precision, h1, h0, w1, w0, count] = segment;
  const [width, height] = [(w1 << 8) | w0, (h1 << 8) | h0];
  if (segment.length < 6 || segment.length !== 6 + 3 * count) throw jpegError(name, 'a frame header of a wrong length');
  if (precision !== 8) throw jpegError(name, `numbers of ${precision} bits`, 'numbers of 8 bits', resave);
  if (width === 0 || height === 0) throw jpegError(name, `a picture of ${width}×${height} pixels`);
  if (width * height > mostPixels) {
    throw jpegError(name, `a picture of ${width}×${height} pixels`, `at most ${mostPixels} pixels`);
  }
  if (count !== 1 && count !== 3) {
    throw jpegError(
      name,
      count === 4 ? 'a picture for printing (CMYK)' : `${count} components`,
      'grey, or three colours',
      resave,
    );
  }
  const parts = Array.from({ length: count }, (_, at) => {
    const [id, factors, quantisation] = segment.subarray(6 + 3 * at);
    return { id, across: factors >> 4, down: factors & 15, quantisation };
  });
  for (const { across, down, quantisation } of parts) {
    if (across < 1 || across > 4 || down < 1 || down > 4) throw jpegError(name, `sampling factors ${across}×${down}`);
    if (quantisation > 3) throw jpegError(name, `quantisation table ${quantisation}`);
  }
  const mostAcross = Math.max(...parts.map(({ across }) => across));
  const mostDown = Math.max(...parts.map(({ down }) => down));
  if (parts.some(({ across, down }) => mostAcross % across !== 0 || mostDown % down !== 0)) {
    throw jpegError(
      name,
      'sampling factors that do not divide each other',
      'colours of whole parts of the size',
      resave,
    );
  }
  const unitsAcross = Math.ceil(width / (8 * mostAcross));
  const unitsDown = Math.ceil(height / (8 * mostDown));
  const blocks = parts.reduce((sum, { across, down }) => sum + across * down, 0) * unitsAcross * unitsDown;
  if (blocks > 8 * bytesInAll) throw jpegError(name, `${width}×${height} pixels in ${bytesInAll} bytes`);
  const components = parts.map((part) => {
    const [samplesAcross, samplesDown] = [
      Math.ceil((width * part.across) / mostAcross),
      Math.ceil((height * part.down) / mostDown),
    ];
    const rowLength = unitsAcross * part.across;
    return {
      ...part,
      width: samplesAcross,
      height: samplesDown,
      blocksAcross: Math.ceil(samplesAcross / 8),
      blocksDown: Math.ceil(samplesDown / 8),
      rowLength,
      coefficients: new Int16Array(64 * rowLength * unitsDown * part.down),
      steps: undefined,
    };
  });
  return { width, height, isProgressive: marker === 0xc2, components, mostAcross, mostDown, unitsAcross, unitsDown };
}

const resave = 'Save it anew as an ordinary JPEG or a PNG';
