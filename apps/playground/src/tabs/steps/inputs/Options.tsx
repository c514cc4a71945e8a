import type { JSX } from 'preact';
import { Choice } from '../../../parts/Choice.tsx';
import { NumberField } from '../../../parts/NumberField.tsx';
import { useWords } from '../../../words/words.ts';
import { mostClasses, mostRows, type StepsValues } from '../fields.ts';
import { words } from '../words.ts';

interface OptionsProps {
  readonly values: StepsValues;
  readonly onChange: (some: Partial<StepsValues>) => void;
}

const classCounts = Array.from({ length: mostClasses - 1 }, (_, index) => String(index + 2));
const rowCounts = Array.from({ length: mostRows }, (_, index) => String(index + 1));

/** What the loss is besides its logits: how many there are, and the options of softmax cross-entropy. */
export function Options({ values, onChange }: OptionsProps): JSX.Element {
  const said = useWords(words);
  const { logits } = values;
  const classes = logits[0].length;
  const setClasses = (wanted: number): void =>
    onChange({ logits: logits.map((row) => Array.from({ length: wanted }, (_, index) => row[index] ?? 0)) });
  const setRows = (wanted: number): void =>
    onChange({ logits: Array.from({ length: wanted }, (_, row) => logits[row] ?? newRow(row, classes)) });
  return (
    <div class="steps-options">
      <Choice
        label={said.classes}
        options={classCounts}
        value={String(classes)}
        onChange={(count) => setClasses(Number(count))}
      />
      <Choice
        label={said.rows}
        options={rowCounts}
        value={String(logits.length)}
        onChange={(count) => setRows(Number(count))}
      />
      <Choice
        label={said.target}
        options={['index', 'distribution'] as const}
        nameOf={(kind) => said[kind]}
        value={values.target}
        onChange={(target) => onChange({ target })}
      />
      <Choice
        label={said.reduction}
        options={['mean', 'sum', 'none'] as const}
        nameOf={(reduction) => said.reductions[reduction]}
        value={values.reduction}
        onChange={(reduction) => onChange({ reduction })}
      />
      <Choice
        label={said.base}
        options={['e', '2', '10'] as const}
        value={values.base}
        onChange={(base) => onChange({ base })}
      />
      <Choice
        label={said.dtype}
        options={['float64', 'float32'] as const}
        value={values.dtype}
        onChange={(dtype) => onChange({ dtype })}
      />
      <div class="steps-smoothing">
        <NumberField
          label={said.smoothing}
          value={values.smoothing}
          from={0}
          to={1}
          onChange={(smoothing) => onChange({ smoothing })}
        />
      </div>
    </div>
  );
}

/** A row to begin with that differs from those before. */
const newRow = (row: number, classes: number): readonly number[] =>
  Array.from({ length: classes }, (_, column) => (column === row ? 2 : column - row));
