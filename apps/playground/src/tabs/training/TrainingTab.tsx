import './training.css';
import './insides.css';
import './digit.css';
import './errors.css';
import type { JSX } from 'preact';
import { useCallback, useEffect } from 'preact/hooks';
import { useFields } from '../../address/useFields.ts';
import { Panel } from '../../parts/Panel.tsx';
import { Settings } from '../../parts/Settings.tsx';
import { saveFile } from '../../parts/saveFile.ts';
import { TabHead } from '../../parts/TabHead.tsx';
import { Tick } from '../../parts/Tick.tsx';
import { useKept } from '../../parts/useKept.ts';
import { useOffer } from '../../share/offered.ts';
import { useWords } from '../../words/words.ts';
import { Controls } from './Controls.tsx';
import { AccuracyCurve, LastSteps, LossCurve } from './Curves.tsx';
import { Digit } from './Digit.tsx';
import type { Stroke } from './digit.ts';
import { Errors } from './Errors.tsx';
import { FeatureMaps } from './FeatureMaps.tsx';
import { Filters } from './Filters.tsx';
import { fields } from './fields.ts';
import { GradientSizes } from './GradientSizes.tsx';
import { EngineReport, ImagesAndWeights } from './ImagesAndWeights.tsx';
import type { Order } from './protocol.ts';
import { SettingsForm } from './SettingsForm.tsx';
import { stepTables } from './stepTables.ts';
import type { TrainingSettings } from './training.ts';
import { useTraining } from './useTraining.ts';
import { trainingWords } from './words.ts';

/** A net that learns while one looks on. */
export function TrainingTab(): JSX.Element {
  const words = useWords(trainingWords);
  const [values, change, reset] = useFields('training', fields);
  const [strokes, setStrokes] = useKept<readonly Stroke[]>('training-strokes', []);
  const [known, session] = useTraining(saveFile);
  const tell = useCallback((order: Order) => session.tell(order), [session]);
  const { net, optimiser, rate, batch, seed, threads, digits, image, filter, log } = values;

  const settings: TrainingSettings = { net, optimiser, learningRate: rate, batchSize: batch, seed };
  const order = { kind: 'begin', settings, threads: threads === 'all' ? undefined : Number(threads), digits } as const;
  useOffer({
    code: async () => (await import('./code.ts')).codeOf(settings, digits),
    tables: () => stepTables(known, words),
  });
  useEffect(
    () =>
      tell({ kind: 'look', subject: strokes.length > 0 ? { kind: 'drawn', strokes } : { kind: 'test', index: image } }),
    [tell, strokes, image],
  );
  // The learning rate is not among these: it changes while the net trains. Who comes back finds the net as it was.
  useEffect(() => session.beginOnce(order), [session, net, optimiser, batch, seed, threads, digits]);
  useEffect(() => tell({ kind: 'learningRate', rate }), [tell, rate]);
  const lookAtImage = useCallback(
    (index: number) => {
      setStrokes([]);
      change({ image: index });
    },
    [change],
  );

  const { beginning, view, evaluation } = known;
  // A file of weights brings its net along: the settings follow, and nothing is built anew.
  useEffect(() => {
    if (!beginning?.isLoaded || beginning.net === net) return;
    session.isAsBegunBy({ ...order, settings: { ...settings, net: beginning.net } });
    change({ net: beginning.net });
  }, [beginning]);
  return (
    <>
      <TabHead title={words.title}>{words.intro}</TabHead>
      <div class="training-panels">
        <Panel title={words.training} isWide>
          <div class="training-top">
            <div>
              <Controls
                known={known}
                tell={tell}
                onStartOver={() => session.begin(order)}
                rate={rate}
                onRate={(rate) => change({ rate })}
              />
            </div>
            <Settings>
              <SettingsForm values={values} onChange={change} onReset={reset} />
            </Settings>
          </div>
        </Panel>
        <Panel title={words.lossTitle}>
          <LossCurve known={known} isLogarithmic={log} />
          <Tick is={log} onChange={(log) => change({ log })}>
            {words.logAxis}
          </Tick>
          <LastSteps known={known} />
        </Panel>
        <Panel title={words.accuracyTitle}>
          <AccuracyCurve known={known} />
        </Panel>
        <Panel title={words.digitTitle}>
          <Digit known={known} strokes={strokes} onDraw={setStrokes} image={image} onImage={lookAtImage} />
        </Panel>
        {view && (
          <Panel title={words.filtersTitle}>
            <Filters view={view} chosen={filter} onChoose={(filter) => change({ filter })} />
          </Panel>
        )}
        {view && (
          <Panel title={words.mapsTitle} isWide>
            <FeatureMaps view={view} />
          </Panel>
        )}
        <div class="stack">
          <Panel title={words.gradientsTitle}>
            <GradientSizes sizes={view?.gradientSizes} />
          </Panel>
          {beginning && (
            <Panel title={words.imagesTitle}>
              <ImagesAndWeights
                beginning={beginning}
                tell={tell}
                onImages={(files) => tell({ kind: 'images', files })}
              />
            </Panel>
          )}
          {beginning && (
            <Panel title={words.engineTitle}>
              <EngineReport engine={beginning.engine} />
            </Panel>
          )}
        </div>
        {evaluation && (
          <Panel title={words.errorsTitle}>
            <Errors evaluation={evaluation} onExamine={lookAtImage} onTest={() => tell({ kind: 'test' })} />
          </Panel>
        )}
      </div>
    </>
  );
}
