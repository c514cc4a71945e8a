import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { LibrarySays } from '../../parts/LibrarySays.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { useWords } from '../../words/words.ts';
import { fetchMnist, hostedMnist } from './hostedMnist.ts';
import type { Beginning, Order } from './protocol.ts';
import { trainingWords } from './words.ts';

interface ImagesAndWeightsProps {
  readonly beginning: Beginning;
  readonly tell: (order: Order) => void;
  readonly onImages: (files: readonly File[]) => void;
}

/** Where the images come from, and where the weights go. */
export function ImagesAndWeights({ beginning, tell, onImages }: ImagesAndWeightsProps): JSX.Element {
  const words = useWords(trainingWords);
  const { images, parameterCount } = beginning;
  const id = useId();
  const [isOver, setOver] = useState(false);
  return (
    <>
      <p>
        {words.images(images.trainCount, images.testCount)} {images.isBuiltIn ? words.builtIn : words.given}
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the field of files inside does the same without dropping */}
      <div
        class={isOver ? 'training-drop over' : 'training-drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          onImages([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <HostedMnist onImages={onImages} />
        <p class="quiet">{words.mnistHint}</p>
        <label for={id}>{words.choose}</label>
        <input
          id={id}
          type="file"
          multiple
          onChange={({ currentTarget }) => {
            onImages([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
        {!images.isBuiltIn && (
          <button type="button" onClick={() => onImages([])}>
            {words.drawn}
          </button>
        )}
      </div>
      <div class="training-download">
        <button type="button" onClick={() => tell({ kind: 'weights' })}>
          {words.download}
        </button>
        <span class="quiet">{words.downloadHint(parameterCount)}</span>
      </div>
      <div class="training-download">
        <label for={`${id}-weights`}>{words.load}</label>
        <input
          id={`${id}-weights`}
          type="file"
          accept=".safetensors"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) tell({ kind: 'load', file });
            currentTarget.value = '';
          }}
        />
        <span class="quiet">{words.loadHint}</span>
      </div>
    </>
  );
}

/** MNIST by one click, where the host of the page has it. */
function HostedMnist({ onImages }: Pick<ImagesAndWeightsProps, 'onImages'>): JSX.Element | null {
  const words = useWords(trainingWords);
  const [address] = useState(hostedMnist);
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  if (address === undefined) return null;
  const load = async (): Promise<void> => {
    setState('loading');
    try {
      onImages(await fetchMnist(address));
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  return (
    <p>
      <button type="button" class="primary" disabled={state === 'loading'} onClick={load}>
        {words.mnist}
      </button>{' '}
      <span role="status">{state === 'loading' ? words.loading : state === 'failed' ? words.notLoaded : ''}</span>
    </p>
  );
}

/** Which engine computes, on how many threads, and what could be faster. */
export function EngineReport({ engine }: Pick<Beginning, 'engine'>): JSX.Element {
  const words = useWords(trainingWords);
  return (
    <>
      <p data-engine={engine.engine} data-threads={engine.threads}>
        {words.engineLine(words.engineNames[engine.engine], engine.threads)}
      </p>
      {engine.notes.map((note) => (
        <Notice key={note} kind="note">
          <LibrarySays code={undefined} text={note} />
        </Notice>
      ))}
      <p class="quiet">{words.sameBits}</p>
    </>
  );
}
