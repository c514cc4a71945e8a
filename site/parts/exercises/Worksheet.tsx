import { defineComponent, ref } from 'vue';
import { rightOf } from '../../chapters/check.ts';
import { formatNumber } from '../../chapters/format.ts';
import { chapters } from '../../chapters/index.ts';
import type { Answer, Exercise, Words } from '../../chapters/model.ts';
import { chapterTitles } from '../../chapters/titles.ts';
import { useLanguage } from '../language.ts';
import { words } from '../words.ts';

/** The exercises of a chapter on paper: with lines to write on, or with answers, solutions and the usual slips for teachers. */
export const Worksheet = defineComponent(() => {
  const { say } = useLanguage();
  const chosen = ref(chapters[0].name);
  const withAnswers = ref(false);
  return () => (
    <div class="worksheet">
      <p class="settings">
        <label>
          {say(words.chapter)}{' '}
          <select
            value={chosen.value}
            onChange={(event: Event) => {
              chosen.value = (event.target as HTMLSelectElement).value;
            }}
          >
            {chapters.map(({ name }) => (
              <option key={name} value={name}>
                {say(chapterTitles[name])}
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
      <h2>{say(chapterTitles[chosen.value])}</h2>
      {withAnswers.value ? null : <p class="name">{say(words.name)}</p>}
      <ol>
        {chapters
          .find(({ name }) => name === chosen.value)
          ?.exercises.map((exercise) => (
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
      <b>{answerText(answer, rightOf(answer), say)}</b>
    </p>,
    <p>{say(solution)}</p>,
    <p class="slips">{say(words.slips)}</p>,
    <ul>
      {slips.map(({ given, remark }) => (
        <li>
          {answerText(answer, [given()].flat(), say)}: {say(remark)}
        </li>
      ))}
    </ul>,
  ];
}

const answerText = (answer: Answer, numbers: readonly number[], say: Say): string =>
  answer.kind === 'choice' ? say(answer.options[numbers[0]]) : numbers.map(formatNumber).join(', ');
