import * as Plot from '@observablehq/plot';
import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { draggable } from '../../parts/drag.ts';
import { OverlaidChart, type Scales } from '../../parts/OverlaidChart.tsx';
import { shownNumber } from '../../parts/shownNumber.ts';
import { tidy } from '../../parts/sliderKeys.ts';
import { useWords } from '../../words/words.ts';
import type { Form } from './fields.ts';
import { beyond, grain } from './grain.ts';
import { heightAfter } from './heightAfter.ts';
import { type OptimiserName, strokes } from './names.ts';
import { startOf } from './start.ts';
import { frames } from './valleys.ts';
import type { Walk, Walks } from './walks.ts';
import { optimiserWords } from './words.ts';

interface ValleyPictureProps {
  readonly form: Form;
  readonly relief: readonly number[];
  readonly walks: Walks;
  readonly onStart: (start: readonly [number, number]) => void;
}

/** The valley from above, darker where it is higher, with the paths up to the step that is shown, and their start to be dragged. */
export function ValleyPicture({ form, relief, walks, onStart }: ValleyPictureProps): JSX.Element {
  const words = useWords(optimiserWords);
  const { valley, step } = form;
  const draw = useCallback((): Plot.PlotOptions => {
    const { x, y } = frames[valley];
    const [[left, right], [below, above]] = [beyond(x), beyond(y)];
    return {
      height: 320,
      margin: 8,
      x: { domain: [...x], axis: null },
      y: { domain: [...y], axis: null },
      marks: [
        Plot.contour(
          relief.map((height) => Math.log10(height + 0.1)),
          {
            value: Plot.identity,
            width: grain,
            height: grain,
            x1: left,
            x2: right,
            y1: below,
            y2: above,
            clip: true,
            thresholds: 14,
            fill: 'var(--strong-line)',
            fillOpacity: 0.035,
            stroke: 'var(--line)',
            strokeWidth: 1,
          },
        ),
        Plot.frame({ stroke: 'var(--line)' }),
      ],
    };
  }, [relief, valley]);
  const told = form.walkers
    .map((name) => {
      const height = heightAfter(walks[name], step);
      const said = height === 'diverged' ? words.diverged : height === undefined ? '…' : shownNumber(height);
      return `${words.names[name]} ${said}`;
    })
    .join(', ');
  return (
    <OverlaidChart label={words.pictureLabel(step, told)} draw={draw}>
      {(scales) => (
        <>
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of an SVG takes no focus */}
          <g aria-hidden="true" class="optimisers-paths">
            {form.walkers.map((name) => (
              <Path key={name} name={name} walk={walks[name]} step={step} scales={scales} />
            ))}
          </g>
          <Start form={form} scales={scales} onMove={onStart} />
        </>
      )}
    </OverlaidChart>
  );
}

interface PathProps {
  readonly name: OptimiserName;
  readonly walk: Walk | undefined;
  readonly step: number;
  readonly scales: Scales;
}

function Path({ name, walk, step, scales }: PathProps): JSX.Element | null {
  if (!walk) return null;
  const { colour, dash } = strokes[name];
  // Far outside of the picture lines end: a path that has left for infinity would be drawn for ever.
  const held = (position: number): number => Math.max(-2000, Math.min(4000, position));
  const walked = walk.points.slice(0, step + 1).map(([x, y]) => [held(scales.x(x)), held(scales.y(y))]);
  const [endX, endY] = walked[walked.length - 1];
  return (
    <g>
      <polyline
        points={walked.map((point) => point.join(',')).join(' ')}
        fill="none"
        stroke={colour}
        stroke-width="2"
        stroke-dasharray={dash}
        stroke-linejoin="round"
      />
      {/* A dot for each step: strokes of no length with round ends. */}
      <path
        d={walked.map(([x, y]) => `M${x},${y}h0`).join('')}
        stroke={colour}
        stroke-width="4.5"
        stroke-linecap="round"
      />
      <circle cx={endX} cy={endY} r="5" fill={colour} stroke="var(--raised)" stroke-width="1.5" />
    </g>
  );
}

interface StartProps {
  readonly form: Form;
  readonly scales: Scales;
  readonly onMove: (start: readonly [number, number]) => void;
}

const strides: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Where all begin. To those who listen it is a slider of its height, that moves across by the left and right keys. */
function Start({ form, scales, onMove }: StartProps): JSX.Element {
  const words = useWords(optimiserWords);
  const { x: across, y: up } = frames[form.valley];
  const [x, y] = startOf(form);
  const stride = (across[1] - across[0]) / 100;
  const moveTo = (x: number, y: number): void => onMove([held(x, across), held(y, up)]);
  return (
    <g
      role="slider"
      tabindex={0}
      aria-label={words.start}
      aria-valuemin={up[0]}
      aria-valuemax={up[1]}
      aria-valuenow={y}
      aria-valuetext={words.coordinates(shownNumber(x), shownNumber(y))}
      onKeyDown={(event) => {
        const by = strides[event.key];
        if (!by) return;
        event.preventDefault();
        const times = (event.shiftKey ? 10 : 1) * stride;
        moveTo(x + times * by[0], y + times * by[1]);
      }}
    >
      <circle
        class="hold optimisers-reach"
        cx={scales.x(x)}
        cy={scales.y(y)}
        r="16"
        {...draggable((px, py) => moveTo(scales.valueAtX(px), scales.valueAtY(py)))}
      />
      <circle class="optimisers-start" cx={scales.x(x)} cy={scales.y(y)} r="7" />
      <circle class="ring" cx={scales.x(x)} cy={scales.y(y)} r="11" />
    </g>
  );
}

const held = (value: number, [from, to]: readonly [number, number]): number =>
  tidy(Number(Math.max(from, Math.min(to, value)).toFixed(2)));
