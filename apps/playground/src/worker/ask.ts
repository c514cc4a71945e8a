import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answers, Failure, Reply } from './protocol.ts';

/** The functions of a worker as the page calls them. */
export type Asked<Known extends Answers> = {
  readonly [Name in keyof Known]: (question: Parameters<Known[Name]>[0]) => Promise<Awaited<ReturnType<Known[Name]>>>;
};

/** What a worker threw, in its own words. */
export class WorkerFailure extends Error {
  constructor({ name, message }: Failure) {
    super(message);
    this.name = name;
  }
}

/**
 * Calls the functions of a worker: `ask(worker).lossOf({ logits })`. The type of its answers is that of the functions that
 * it serves, imported as a type alone.
 */
export function ask<Known extends Answers>(worker: Worker): Asked<Known> {
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ('failure' in data) asked?.reject(new WorkerFailure(data.failure));
    else asked?.resolve(data.answer);
  });
  worker.addEventListener('error', ({ message }) => {
    for (const { reject } of waiting.values()) reject(new WorkerFailure({ name: 'Error', message }));
    waiting.clear();
  });
  const call = (name: string, question: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      worker.postMessage({ id: last, name, question });
    });
  return new Proxy({} as Asked<Known>, {
    get: (_target, name) => (typeof name === 'string' ? (question: unknown) => call(name, question) : undefined),
  });
}

/** An answer that follows a question: the newest there is, and the failure of the newest question, if it failed. */
export interface Answered<Answer> {
  readonly answer: Answer | undefined;
  readonly failure: Error | undefined;
  /** Whether a newer question is on its way. */
  readonly isWaiting: boolean;
}

/**
 * Asks again whenever the question changes (by its content), one at a time: while one is on its way the newest waits, and
 * those between are never asked. So a slow answer is late, and nothing piles up.
 */
export function useAnswer<Question, Answer>(
  call: (question: Question) => Promise<Answer>,
  question: Question,
): Answered<Answer> {
  const [answered, setAnswered] = useState<Answered<Answer>>({
    answer: undefined,
    failure: undefined,
    isWaiting: true,
  });
  const newest = useRef<{ question: Question; key: string } | undefined>(undefined);
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
    newest.current = { question, key };
    if (isAsking.current) {
      setAnswered((before) => ({ ...before, isWaiting: true }));
      return;
    }
    const run = async (): Promise<void> => {
      isAsking.current = true;
      while (newest.current) {
        const { question } = newest.current;
        newest.current = undefined;
        try {
          const answer = await call(question);
          if (!isGone.current) setAnswered({ answer, failure: undefined, isWaiting: newest.current !== undefined });
        } catch (error) {
          const failure = error instanceof Error ? error : new Error(String(error));
          if (!isGone.current)
            setAnswered((before) => ({ ...before, failure, isWaiting: newest.current !== undefined }));
        }
      }
      isAsking.current = false;
    };
    void run();
  }, [key]);

  return answered;
}
