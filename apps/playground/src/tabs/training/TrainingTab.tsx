import './training.css';
import './insides.css';
import './digit.css';
import './errors.css';
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { useFields } from '../../address/useFields.ts';
import { Panel } from '../../parts/Panel.tsx';
import { TabHead } from '../../parts/TabHead.tsx';
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
import { SettingsForm } from './SettingsForm.tsx';
import { saveFile } from './saveFile.ts';
import { useTraining } from './useTraining.ts';
import { trainingWords } from './words.ts';

/** A net that learns while one looks on. */
export function TrainingTab(): JSX.Element {
  const words = useWords(trainingWords);
  const [values, change, reset] = useFields('training', fields);
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [known, tell] = useTraining(saveFile);
  const { net, optimiser, rate, batch, seed, threads, image, filter, log } = values;

  const begin = useCallback(
    () =>
      tell({
        kind: 'begin',
        settings: { net, optimiser, learningRate: rate, batchSize: batch, seed },
        threads: threads === 'all' ? undefined : Number(threads),
      }),
    [tell, net, optimiser, rate, batch, seed, threads],
  );
  useEffect(
    () =>
      tell({ kind: 'look', subject: strokes.length > 0 ? { kind: 'drawn', strokes } : { kind: 'test', index: image } }),
    [tell, strokes, image],
  );
  // The learning rate is not among these: it changes while the net trains.
  useEffect(begin, [net, optimiser, batch, seed, threads]);
  useEffect(() => tell({ kind: 'learningRate', rate }), [tell, rate]);
  const lookAtImage = useCallback(
    (index: number) => {
      setStrokes([]);
      change({ image: index });
    },
    [change],
  );

  const { beginning, view, evaluation } = known;
  return (
    <>
      <TabHead title={words.title}>{words.intro}</TabHead>
      <div class="training-panels">
        <Panel title={words.training} isWide>
          <div class="training-top">
            <div>
              <Controls known={known} tell={tell} onStartOver={begin} rate={rate} onRate={(rate) => change({ rate })} />
            </div>
            <SettingsForm values={values} onChange={change} onReset={reset} />
          </div>
        </Panel>
        <Panel title={words.lossTitle}>
          <LossCurve known={known} isLogarithmic={log} />
          <label class="training-check">
            <input type="checkbox" checked={log} onChange={() => change({ log: !log })} /> {words.logAxis}
          </label>
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
        <div class="training-column">
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
