import { defineComponent, useId } from 'vue';
import type { Knob } from '../chapters/model.ts';
import { useLanguage } from './language.ts';

/** A number that the reader sets, by sliding or typing, beside its label or below it. */
export const KnobRow = defineComponent(
  (props: {
    readonly knob: Knob;
    readonly value: number;
    readonly isBelow: boolean;
    readonly onTurn: (value: number) => void;
  }) => {
    const { say } = useLanguage();
    const id = useId();
    const turn = (event: Event): void => {
      const value = (event.target as HTMLInputElement).valueAsNumber;
      const { from, to } = props.knob;
      if (Number.isFinite(value)) props.onTurn(Math.min(to, Math.max(from, value)));
    };
    return () => {
      const { label, from, to, step } = props.knob;
      return (
        <div class={['knob', { long: props.isBelow }]}>
          <label for={id}>{say(label)}</label>
          <input id={id} type="range" min={from} max={to} step={step} value={props.value} onInput={turn} />
          <input
            type="number"
            min={from}
            max={to}
            step={step}
            value={props.value}
            onChange={turn}
            aria-label={say(label)}
          />
        </div>
      );
    };
  },
  { props: ['knob', 'value', 'isBelow', 'onTurn'] },
);
