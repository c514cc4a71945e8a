import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Formula } from '../../parts/Formula.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Value } from '../../parts/Value.tsx';
import { useWords } from '../../words/words.ts';
import type { Field } from './compute/field.ts';
import { shadesOf } from './shades.ts';
import { convolutionWords } from './words.ts';
import { latexOf } from './written.ts';

interface FieldPanelProps {
  readonly field: Field | undefined;
  readonly isDeformable: boolean;
  readonly layers: number;
  readonly onLayers: (layers: number) => void;
}

/** The receptive field of a stack of such layers: by formula, and by where the gradient is not 0. */
export function FieldPanel({ field, isDeformable, layers, onLayers }: FieldPanelProps): JSX.Element {
  const words = useWords(convolutionWords);
  return (
    <Panel title={words.field} isWide>
      <p class="quiet">{words.fieldNote}</p>
      <div class="convolution-layers">
        <NumberField
          label={words.layers}
          value={layers}
          from={1}
          to={4}
          step={1}
          onChange={(value) => onLayers(Math.round(value))}
        />
      </div>
      {field && (
        <div class="convolution-field">
          <div>
            <table class="matrix">
              <thead>
                <tr>
                  <th scope="col">{words.depth}</th>
                  <th scope="col">{words.formula}</th>
                  <th scope="col">{words.seen}</th>
                </tr>
              </thead>
              <tbody>
                {field.formula.map((size, depth) => (
                  <tr key={depth}>
                    <th scope="row">{depth + 1}</th>
                    <td>
                      <Value of={size} name={`field-formula-${depth + 1}`} />
                    </td>
                    <td>
                      {depth < field.seen.length ? (
                        <Value of={field.seen[depth]} kind="gradient" name={`field-seen-${depth + 1}`} />
                      ) : (
                        '–'
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {field.seen.length < field.formula.length && <p class="quiet">{words.tooLarge}</p>}
            {isDeformable && <p class="quiet">{words.offsetsNote}</p>}
            <Formula
              latex={`\\begin{aligned} ${[field.rule, ...field.steps].map((line) => `&${latexOf(line)}`).join(' \\\\ ')} \\end{aligned}`}
              isDisplayed
            />
          </div>
          <Support field={field} />
        </div>
      )}
    </Panel>
  );
}

function Support({ field }: { readonly field: Field }): JSX.Element {
  const words = useWords(convolutionWords);
  const { height, width, gradient, count } = field;
  const shades = useMemo(() => shadesOf(gradient, height, width), [gradient, height, width]);
  return (
    <figure class="convolution-support">
      <svg
        style={{ '--columns': width }}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={words.fieldPicture}
        shape-rendering="crispEdges"
      >
        {shades.map(({ opacity, path }) => (
          <path key={opacity} d={path} fill="currentColor" fill-opacity={opacity} />
        ))}
      </svg>
      <figcaption class="quiet">
        {words.fieldLegend(count, `${height} × ${width}`)}
        <data class="unseen" value={String(count)} data-name="field-count">
          {count}
        </data>
      </figcaption>
    </figure>
  );
}
