import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** An answer that follows a question: the newest there is, and the failure of the newest question, if it failed. */
export interface Answered<Answer> {
  readonly answer: Answer | undefined;
  readonly failure: Error | undefined;
  /** Whether a newer question is on its way. */
  readonly isWaiting: boolean;
  /** Asks the same once more, for a failure that may not last. */
  readonly again: () => void;
}

type Heard<Answer> = Omit<Answered<Answer>, 'again'>;

/**
 * Asks again whenever the question changes (by its content), one at a time: while one is on its way the newest waits, and
 * those between are never asked. So a slow answer is late, and nothing piles up.
 */
export function useAnswer<Question, Answer>(
  call: (question: Question) => Promise<Answer>,
  question: Question,
): Answered<Answer> {
  const [heard, setHeard] = useState<Heard<Answer>>({ answer: undefined, failure: undefined, isWaiting: true });
  const [attempt, setAttempt] = useState(0);
  const newest = useRef<{ question: Question } | undefined>(undefined);
  const isAsking = useRef(false);
  const isGone = useRef(false);
  const key = JSON.stringify(question);

  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);

  useEffect(() => {
    newest.current = { question };
    if (isAsking.current) {
      setHeard((before) => ({ ...before, isWaiting: true }));
      return;
    }
    const run = async (): Promise<void> => {
      isAsking.current = true;
      while (newest.current) {
        const { question } = newest.current;
        newest.current = undefined;
        try {
          const answer = await call(question);
          if (!isGone.current) setHeard({ answer, failure: undefined, isWaiting: newest.current !== undefined });
        } catch (error) {
          const failure = error instanceof Error ? error : new Error(String(error));
          if (!isGone.current) setHeard((before) => ({ ...before, failure, isWaiting: newest.current !== undefined }));
        }
      }
      isAsking.current = false;
    };
    void run();
  }, [key, attempt]);

  const again = useCallback(() => setAttempt((before) => before + 1), []);
  return { ...heard, again };
}
