import { defineComponent } from 'vue';
import { chapterHere } from '../chapterState.ts';
import { useLanguage } from '../language.ts';
import { progressWords, words } from '../words.ts';
import { ExerciseCard } from './ExerciseCard.tsx';
import { useProgress } from './progress.ts';

/** All exercises of the chapter, and how many of them the reader has solved. */
export const Exercises = defineComponent(() => {
  const { say } = useLanguage();
  const { solved } = useProgress();
  const { exercises } = chapterHere().chapter;
  return () => {
    const done = exercises.filter(({ name }) => solved.value.has(name)).length;
    return (
      <div class="exercises">
        <p class="progress">
          <progress value={done} max={exercises.length} aria-label={say(progressWords(done, exercises.length))} />
          {say(progressWords(done, exercises.length))}
        </p>
        <p class="how">{say(words.how)}</p>
        {exercises.map((exercise, index) => (
          <ExerciseCard key={exercise.name} exercise={exercise} number={index + 1} />
        ))}
      </div>
    );
  };
});
