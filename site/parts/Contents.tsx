import { useData, withBase } from 'vitepress';
import { defineComponent } from 'vue';
import { chapterTitles, exerciseCounts } from '../chapters/titles.ts';
import { useProgress } from './exercises/progress.ts';
import { useLanguage } from './language.ts';
import { progressWords } from './words.ts';

/** The chapters of the book, with what the reader has done of each. */
export const Contents = defineComponent(() => {
  const { say, language } = useLanguage();
  const { solved } = useProgress();
  const { localeIndex } = useData();
  return () => (
    <ol class="contents">
      {Object.entries(exerciseCounts).map(([name, count]) => {
        const done = [...solved.value].filter((solved) => solved.startsWith(`${name}/`)).length;
        return (
          <li key={name + language.value}>
            <a href={withBase(`${localeIndex.value === 'zh' ? '/zh' : ''}/book/${name}.html`)}>
              {say(chapterTitles[name])}
            </a>
            <small>{say(progressWords(Math.min(done, count), count))}</small>
          </li>
        );
      })}
    </ol>
  );
});
