import type { JSX } from 'preact';
import { NumberField } from '../../parts/NumberField.tsx';
import { useWords } from '../../words/words.ts';
import { isAngular, type LossName, type MarginSettings } from './names.ts';
import { marginWords } from './words.ts';

interface LossKnobsProps {
  readonly shown: readonly LossName[];
  readonly settings: MarginSettings;
  readonly onChange: (some: Partial<MarginSettings>) => void;
}

interface Knob {
  readonly name: keyof MarginSettings;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly isFor: (loss: LossName) => boolean;
}

const knobs: readonly Knob[] = [
  { name: 'classes', from: 2, to: 1000, step: 1, isFor: (loss) => loss === 'softmax' || loss === 'focal' },
  { name: 'gamma', from: 0, to: 5, step: 0.5, isFor: (loss) => loss === 'focal' },
  { name: 'cosine', from: 0, to: 1, step: 0.05, isFor: (loss) => loss === 'additive' },
  { name: 'angle', from: 0, to: 1.5, step: 0.05, isFor: (loss) => loss === 'arcFace' },
  { name: 'multiple', from: 1, to: 4, step: 1, isFor: (loss) => loss === 'largeMargin' },
  { name: 'scale', from: 0.5, to: 4, step: 0.1, isFor: isAngular },
];

/** The knobs of the losses that are shown. */
export function LossKnobs({ shown, settings, onChange }: LossKnobsProps): JSX.Element | null {
  const words = useWords(marginWords);
  const needed = knobs.filter(({ isFor }) => shown.some(isFor));
  if (needed.length === 0) return null;
  return (
    <div class="knobs long margins-knobs">
      {needed.map(({ name, from, to, step }) => (
        <NumberField
          key={name}
          label={words.knobs[name]}
          value={settings[name]}
          from={from}
          to={to}
          step={step}
          onChange={(value) => onChange({ [name]: Number.isInteger(step) ? Math.round(value) : value })}
        />
      ))}
    </div>
  );
}
