import { defineComponent, useId } from 'vue';
import type { Answer } from '../../chapters/model.ts';
import { useLanguage } from '../language.ts';
import { formulaWords, words } from '../words.ts';

/** Where an answer is typed or chosen. */
export const AnswerField = defineComponent(
  (props: {
    readonly answer: Answer;
    readonly labelledBy: string;
    readonly value: string;
    readonly onAnswer: (value: string) => void;
  }) => {
    const { say } = useLanguage();
    const id = useId();
    const answer = (event: Event): void => props.onAnswer((event.target as HTMLInputElement).value);
    return () => {
      if (props.answer.kind === 'choice') {
        return (
          <div class="choices" role="radiogroup" aria-labelledby={props.labelledBy}>
            {props.answer.options.map((option, index) => (
              <label key={option.en}>
                <input type="radio" name={id} value={index} checked={props.value === String(index)} onChange={answer} />
                {say(option)}
              </label>
            ))}
          </div>
        );
      }
      const names = props.answer.kind === 'formula' ? Object.keys(props.answer.points[0]) : [];
      return (
        <p class={['field', { formula: names.length > 0 }]}>
          <label for={id}>{names.length > 0 ? say(formulaWords(names)) : say(words.answer)}</label>
          <input
            id={id}
            type="text"
            inputmode="text"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={props.value}
            onInput={answer}
          />
        </p>
      );
    };
  },
  { props: ['answer', 'labelledBy', 'value', 'onAnswer'] },
);
