import { type Answers, failureOf, type Question, type Reply } from './protocol.ts';

/** Answers the page's questions by these functions, in the worker that calls it. */
export function serve(answers: Answers): void {
  addEventListener('message', async ({ data }: MessageEvent<Question>) => {
    postMessage(await answer(answers, data));
  });
}

async function answer(answers: Answers, { id, name, question }: Question): Promise<Reply> {
  try {
    const call = answers[name] as (question: unknown) => unknown;
    return { id, answer: await call(question) };
  } catch (error) {
    return { id, failure: failureOf(error) };
  }
}
