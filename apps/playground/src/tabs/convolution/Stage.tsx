import type { JSX } from 'preact';
import { useCallback } from 'preact/hooks';
import { Formula } from '../../parts/Formula.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Planes } from './compute/picture.ts';
import type { View } from './compute/view.ts';
import { Filters } from './Filters.tsx';
import type { Form } from './fields.ts';
import { Grid, type Links } from './Grid.tsx';
import { withMoved } from './moved.ts';
import { Samples } from './Samples.tsx';
import { convolutionWords } from './words.ts';
import { ringOf, sumOf } from './written.ts';

interface StageProps {
  readonly view: View;
  readonly form: Form;
  readonly change: (some: Partial<Form>) => void;
}

/** Input, weights and output side by side, and the sum behind the number looked at. */
export function Stage({ view, form, change }: StageProps): JSX.Element {
  const words = useWords(convolutionWords);
  const { picture, look } = view;
  const isForward = look.side === 'output';
  const isDeformable = picture.form.operation === 'deformable';
  return (
    <div
      class={`convolution-stage ${Math.max(picture.form.in, picture.form.out) > 1 ? 'many' : ''}`}
      style={{ '--widest': Math.max(picture.input.width + 2 * ringOf(picture.form), picture.output.width) }}
    >
      <p class={`convolution-way ${isForward ? 'forward' : 'backward'}`} aria-live="polite">
        <span aria-hidden="true">{isForward ? '→' : '←'}</span> {isForward ? words.forward : words.backward}{' '}
        <span class="convolution-looked">
          = <Value of={look.value} kind={isForward ? 'value' : 'gradient'} digits={6} name="looked" />
        </span>
      </p>
      <div class="convolution-sides">
        <Side view={view} side="input" form={form} change={change} />
        <Filters view={view} />
        <Side view={view} side="output" form={form} change={change} />
      </div>
      <p class="quiet">{isDeformable ? words.drag : words.hint}</p>
      <h3>{words.sum}</h3>
      <Formula latex={sumOf(view)} isDisplayed />
    </div>
  );
}

function Side({ view, side, form, change }: StageProps & { readonly side: 'input' | 'output' }): JSX.Element {
  const { picture, look } = view;
  const isForward = look.side === 'output';
  const planes = side === 'input' ? picture.input : picture.output;
  const numbers = isForward ? planes.numbers : side === 'input' ? look.gradient : picture.cotangent.numbers;
  const channels = Array.from({ length: planes.channels }, (_, channel) => channel);
  return (
    <div class={`convolution-side ${channels.length > 2 ? 'square' : ''}`}>
      {channels.map((channel) => (
        <Channel
          key={channel}
          view={view}
          side={side}
          form={form}
          change={change}
          channel={channel}
          numbers={planeOf(numbers, planes, channel)}
          values={isForward || side === 'output' ? undefined : planeOf(planes.numbers, planes, channel)}
        />
      ))}
    </div>
  );
}

/** The numbers of one channel. */
function planeOf(numbers: readonly number[], { height, width }: Planes, channel: number): readonly number[] {
  return numbers.slice(channel * height * width, (channel + 1) * height * width);
}

interface ChannelProps extends StageProps {
  readonly side: 'input' | 'output';
  readonly channel: number;
  readonly numbers: readonly number[];
  /** Of the input on the way back: what stood there on the way forward. */
  readonly values: readonly number[] | undefined;
}

function Channel({ view, side, form, change, channel, numbers, values }: ChannelProps): JSX.Element {
  const words = useWords(convolutionWords);
  const { picture, look } = view;
  const isForward = look.side === 'output';
  const { height, width } = side === 'input' ? picture.input : picture.output;
  const ring = side === 'input' ? ringOf(picture.form) : 0;
  const area = (height + 2 * ring) * (width + 2 * ring);
  const links: Links | undefined =
    look.side === side
      ? undefined
      : {
          weights: look.weights.slice(channel * area, (channel + 1) * area),
          isLinked: look.isLinked.slice(channel * area, (channel + 1) * area),
        };
  const isHere = look.side === side && look.at[0] === channel;
  const onLook = useCallback(
    (row: number, column: number) => change({ look: side, at: [channel, row, column] }),
    [change, side, channel],
  );
  const label =
    side === 'input'
      ? (isForward ? words.input : words.inputGradient)(channel)
      : (isForward ? words.output : words.outputGradient)(channel);
  const samples =
    side === 'input' && isForward ? picture.samples[look.at[1] * picture.output.width + look.at[2]] : undefined;
  return (
    <Grid
      label={label}
      height={height}
      width={width}
      numbers={numbers}
      values={values}
      kind={isForward ? 'value' : 'gradient'}
      ring={ring}
      links={links}
      at={isHere ? [look.at[1], look.at[2]] : undefined}
      // The way to a point that is to be dragged leads over the cells of the input.
      looksOnHover={side === 'output' || picture.form.operation !== 'deformable'}
      onLook={onLook}
      digits={Math.max(picture.form.in, picture.form.out) > 1 ? 2 : 3}
      linkedAs={words.linked}
      name={`${side}-${channel}`}
    >
      {samples && (
        <Samples
          samples={samples}
          ring={ring}
          onMove={(tap, down, across) => {
            const output = look.at[1] * picture.output.width + look.at[2];
            change({ moved: withMoved(form.moved, tap, output, down, across) });
          }}
        />
      )}
    </Grid>
  );
}
