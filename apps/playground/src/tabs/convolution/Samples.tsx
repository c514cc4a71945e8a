import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { shownNumber } from '../../parts/shownNumber.ts';
import { useWords } from '../../words/words.ts';
import type { Sample } from './compute/picture.ts';
import { convolutionWords } from './words.ts';

interface SamplesProps {
  readonly samples: readonly Sample[];
  readonly ring: number;
  readonly onMove: (tap: number, down: number, across: number) => void;
}

/** The points that a deformable convolution reads, over the grid of its input: to be dragged. */
export function Samples({ samples, ring, onMove }: SamplesProps): JSX.Element {
  return (
    <div class="convolution-samples">
      {samples.map((sample, tap) => (
        <Point key={tap} sample={sample} tap={tap} ring={ring} onMove={onMove} />
      ))}
    </div>
  );
}

const steps: Readonly<Record<string, readonly [down: number, across: number]>> = {
  ArrowUp: [-0.1, 0],
  ArrowDown: [0.1, 0],
  ArrowLeft: [0, -0.1],
  ArrowRight: [0, 0.1],
};

/** Where a point was taken hold of. */
interface Grip {
  readonly x: number;
  readonly y: number;
  /** The size of a cell in pixels. */
  readonly cell: number;
  readonly offset: Sample['offset'];
}

interface PointProps {
  readonly sample: Sample;
  readonly tap: number;
  readonly ring: number;
  readonly onMove: SamplesProps['onMove'];
}

function Point({ sample, tap, ring, onMove }: PointProps): JSX.Element {
  const words = useWords(convolutionWords);
  const grip = useRef<Grip | undefined>(undefined);
  const [down, across] = sample.offset;
  return (
    <button
      type="button"
      class="convolution-sample"
      style={{ '--down': sample.down + ring, '--across': sample.across + ring }}
      aria-label={words.sample(tap, shownNumber(down, 2), shownNumber(across, 2))}
      data-tap={tap}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const cell = event.currentTarget.parentElement?.parentElement?.querySelector('.cell');
        const size = cell?.getBoundingClientRect().width ?? 36;
        grip.current = { x: event.clientX, y: event.clientY, cell: size, offset: sample.offset };
      }}
      onPointerMove={({ clientX, clientY }) => {
        if (!grip.current) return;
        const { x, y, cell, offset } = grip.current;
        onMove(tap, offset[0] + (clientY - y) / cell, offset[1] + (clientX - x) / cell);
      }}
      onPointerUp={() => {
        grip.current = undefined;
      }}
      onPointerCancel={() => {
        grip.current = undefined;
      }}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (!step) return;
        event.preventDefault();
        onMove(tap, down + step[0], across + step[1]);
      }}
    />
  );
}
