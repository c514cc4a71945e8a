import { defineComponent, ref, shallowRef } from 'vue';
import { rightOf } from '../../chapters/check.ts';
import { dense } from '../../chapters/dense.ts';
import { formatNumber } from '../../chapters/format.ts';
import { loadChapter } from '../../chapters/load.ts';
import type { Answer, Exercise, Words } from '../../chapters/model.ts';
import { chapterTitles } from '../../chapters/titles.ts';
import { useLanguage } from '../language.ts';
import { words } from '../words.ts';

/** The exercises of a chapter on paper: with lines to write on, or with answers, solutions and the usual slips for teachers. */
export const Worksheet = defineComponent(() => {
  const { say } = useLanguage();
  const chosen = ref(dense.name);
  const chapter = shallowRef(dense);
  const choose = async (name: string): Promise<void> => {
    chosen.value = name;
    const loaded = await loadChapter(name);
    // Another may have been chosen meanwhile.
    if (chosen.value === name) chapter.value = loaded;
  };
  const withAnswers = ref(false);
  return () => (
    <div class="worksheet">
      <p class="settings">
        <label>
          {say(words.chapter)}{' '}
          <select
            value={chosen.value}
            onChange={(event: Event) => {
              void choose((event.target as HTMLSelectElement).value);
            }}
          >
            {Object.entries(chapterTitles).map(([name, title]) => (
              <option key={name} value={name}>
                {say(title)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={withAnswers.value}
            onChange={() => {
              withAnswers.value = !withAnswers.value;
            }}
          />{' '}
          {say(words.answers)}
        </label>
        <button type="button" onClick={() => print()}>
          {say(words.print)}
        </button>
      </p>
      <h2>{say(chapterTitles[chapter.value.name])}</h2>
      {withAnswers.value ? null : <p class="name">{say(words.name)}</p>}
      <ol>
        {chapter.value.exercises.map((exercise) => (
          <li key={exercise.name}>{withAnswers.value ? answered(exercise, say) : asked(exercise, say)}</li>
        ))}
      </ol>
    </div>
  );
});

type Say = (words: string | Words) => string;

function asked({ task, answer }: Exercise, say: Say) {
  return [
    <p>{say(task)}</p>,
    answer.kind === 'choice' ? (
      <ul class="boxes">
        {answer.options.map((option) => (
          <li>{say(option)}</li>
        ))}
      </ul>
    ) : (
      <p class="lines" />
    ),
  ];
}

function answered({ task, answer, solution, slips }: Exercise, say: Say) {
  return [
    <p>{say(task)}</p>,
    <p class="answer">
      <b>{answer.kind === 'formula' ? <code>{answer.shown}</code> : answerText(answer, [...rightOf(answer)], say)}</b>
    </p>,
    <p>{say(solution)}</p>,
    <p class="slips">{say(words.slips)}</p>,
    <ul>
      {slips.map(({ given, remark }) => (
        <li>
          {givenText(answer, given(), say)}: {say(remark)}
        </li>
      ))}
    </ul>,
  ];
}

/** A wrong answer as it is written: a formula by itself. */
const givenText = (answer: Answer, given: number | readonly number[] | string, say: Say) =>
  typeof given === 'string' ? <code>{given}</code> : answerText(answer, [given].flat(), say);

const answerText = (answer: Answer, numbers: readonly number[], say: Say): string =>
  answer.kind === 'choice' ? say(answer.options[numbers[0]]) : numbers.map(formatNumber).join(', ');
