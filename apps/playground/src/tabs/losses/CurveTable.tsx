import type { JSX } from 'preact';
import { Fold } from '../../parts/Fold.tsx';
import { Scrolling } from '../../parts/Scrolling.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Curve } from './curves.ts';
import type { LossName } from './names.ts';
import { residuals } from './residuals.ts';
import { lossWords } from './words.ts';

interface CurveTableProps {
  readonly curves: Readonly<Record<LossName, Curve>>;
  readonly shown: readonly LossName[];
}

/** The curves in numbers: value and slope at each half residual. */
export function CurveTable({ curves, shown }: CurveTableProps): JSX.Element {
  const words = useWords(lossWords);
  const indices = residuals.flatMap((residual, at) => (Number.isInteger(residual * 2) ? [at] : []));
  return (
    <Fold title={words.table}>
      <Scrolling label={words.table}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                {words.residualAxis}
              </th>
              {shown.map((name) => (
                <th key={name} scope="colgroup" colSpan={2}>
                  {words.names[name]}
                </th>
              ))}
            </tr>
            <tr>
              {shown.flatMap((name) => [
                <th key={`${name}-value`} scope="col">
                  {words.valueHead}
                </th>,
                <th key={`${name}-slope`} scope="col">
                  {words.slopeHead}
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {indices.map((at) => (
              <tr key={at}>
                <th scope="row">
                  <Value of={residuals[at]} />
                </th>
                {shown.flatMap((name) => [
                  <td key={`${name}-value`}>
                    <Value of={curves[name].values[at]} kind="value" />
                  </td>,
                  <td key={`${name}-slope`}>
                    <Value of={curves[name].slopes[at]} kind="gradient" />
                  </td>,
                ])}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </Fold>
  );
}
