import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useWords } from '../../words/words.ts';
import type { Numbers } from './look.ts';
import { Picture } from './Picture.tsx';
import { scaleOf } from './palette.ts';
import type { View } from './protocol.ts';
import { ScaleBar } from './ScaleBar.tsx';
import { trainingWords } from './words.ts';

/** More maps than this stand in two rows. */
const mostInRow = 16;

/** What each layer makes of the image, from the first convolution to the last pooling. */
export function FeatureMaps({ view }: { readonly view: View }): JSX.Element {
  const words = useWords(trainingWords);
  return (
    <>
      <p class="quiet">{words.mapsHint}</p>
      <div class="training-maps" data-step={view.step}>
        {view.sight.maps.map((layer) => (
          <Layer key={layer.name} layer={layer} />
        ))}
      </div>
    </>
  );
}

function Layer({ layer: { name, shape, numbers } }: { readonly layer: Numbers }): JSX.Element {
  const words = useWords(trainingWords);
  const [count, height, width] = shape;
  const scale = useMemo(() => scaleOf(numbers), [numbers]);
  const kind = name.replace(/\d+$/, '');
  const explained = kind === 'conv' ? words.conv : kind === 'relu' ? words.relu : words.pool;
  return (
    <div class="training-layer">
      <div class="training-layer-head">
        <h3>{name}</h3>
        <span class="quiet">
          {explained}, {count} × {height} × {width}
        </span>
        <ScaleBar scale={scale} label={words.mapScale} isSigned={kind === 'conv'} />
      </div>
      <div
        class="training-strip"
        style={{ '--columns': count > mostInRow ? count / 2 : count }}
        role="img"
        aria-label={words.mapsOf(name, count, `${height} × ${width}`)}
      >
        {Array.from({ length: count }, (_, map) => (
          <Picture
            key={map}
            numbers={numbers.subarray(map * height * width, (map + 1) * height * width)}
            width={width}
            height={height}
            scale={scale}
          />
        ))}
      </div>
    </div>
  );
}
