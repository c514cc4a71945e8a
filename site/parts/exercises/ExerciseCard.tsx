import { defineComponent, ref, useId } from 'vue';
import { check, isNumeric, type Verdict } from '../../chapters/check.ts';
import type { FormulaExercise } from '../../chapters/checkFormula.ts';
import type { Exercise } from '../../chapters/model.ts';
import { useLanguage } from '../language.ts';
import { lengthWords, words } from '../words.ts';
import { AnswerField } from './AnswerField.tsx';
import { useProgress } from './progress.ts';

/** An exercise: a task, an answer that is checked here, hints one after another, and a solution. */
export const ExerciseCard = defineComponent(
  (props: { readonly exercise: Exercise; readonly number: number }) => {
    const { say } = useLanguage();
    const { solved, markSolved } = useProgress();
    const typed = ref('');
    const verdict = ref<Verdict>();
    const hints = ref(0);
    const id = useId();
    const submit = async (event: Event): Promise<void> => {
      event.preventDefault();
      const { exercise } = props;
      try {
        verdict.value = isNumeric(exercise)
          ? check(exercise, typed.value)
          : // Few pages ask for a formula, and few readers check one: what does it is loaded then.
            await (await import('./verdictOfFormula.ts')).verdictOfFormula(exercise as FormulaExercise, typed.value);
      } catch {
        verdict.value = { kind: 'faulty', fault: words.notComputed };
      }
      if (verdict.value?.kind === 'right') markSolved(exercise.name);
    };
    const spoken = (verdict: Verdict): string => {
      if (verdict.kind === 'right') return say(words.right);
      if (verdict.kind === 'unreadable')
        return say(props.exercise.answer.kind === 'choice' ? words.choose : words.unreadable);
      if (verdict.kind === 'faulty') return say(verdict.fault);
      if (verdict.kind === 'length') return say(lengthWords(verdict.wanted, verdict.got));
      return `${say(words.wrong)} ${verdict.remark ? say(verdict.remark) : ''}`;
    };
    return () => {
      const { exercise, number } = props;
      const isSolved = solved.value.has(exercise.name);
      return (
        <section class={['exercise', { solved: isSolved }]} data-exercise={exercise.name}>
          <form onSubmit={submit}>
            <p class="task" id={id}>
              <strong>{number}</strong> {say(exercise.task)}{' '}
              {isSolved ? <span class="tick">✓ {say(words.solved)}</span> : null}
            </p>
            <div class="answer-row">
              <AnswerField
                answer={exercise.answer}
                labelledBy={id}
                value={typed.value}
                onAnswer={(value: string) => {
                  typed.value = value;
                }}
              />
              <p class="buttons">
                <button type="submit" class="main">
                  {say(words.check)}
                </button>
                {hints.value < exercise.hints.length ? (
                  <button
                    type="button"
                    onClick={() => {
                      hints.value++;
                    }}
                  >
                    {say(words.hint)}
                  </button>
                ) : null}
              </p>
            </div>
          </form>
          <p class={['verdict', verdict.value?.kind]} role="status">
            {verdict.value ? spoken(verdict.value) : ''}
          </p>
          {exercise.hints.slice(0, hints.value).map((hint) => (
            <p key={hint.en} class="hint">
              {say(hint)}
            </p>
          ))}
          <details>
            <summary>{say(words.solution)}</summary>
            <p>{say(exercise.solution)}</p>
          </details>
        </section>
      );
    };
  },
  { props: ['exercise', 'number'] },
);
