import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connect } from './connect.ts';
import { failureOf, type Question, workerCode } from './protocol.ts';

type Known = { double: (x: number) => number };

/** What the page sees of a worker; what it does with a question is up to the test. */
class FakeWorker extends EventTarget {
  isEnded = false;
  readonly #answer: (question: Question, worker: FakeWorker) => void;

  constructor(answer: (question: Question, worker: FakeWorker) => void) {
    super();
    this.#answer = answer;
  }
  postMessage(question: Question): void {
    this.#answer(question, this);
  }
  terminate(): void {
    this.isEnded = true;
  }
  say(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }
}

/** A connection to workers of which each answers by the next of these functions, and the workers. */
function connected(...answers: ((question: Question, worker: FakeWorker) => void)[]) {
  const workers: FakeWorker[] = [];
  const { asked, end } = connect<Known>(() => {
    const worker = new FakeWorker(answers[Math.min(workers.length, answers.length - 1)]);
    workers.push(worker);
    return worker as unknown as Worker;
  });
  return { asked, end, workers };
}

const doubles = ({ id, question }: Question, worker: FakeWorker): void =>
  worker.say({ id, answer: 2 * Number(question) });
const doesNotStart = (_: Question, worker: FakeWorker): void =>
  void queueMicrotask(() => worker.dispatchEvent(new Event('error')));
const saysNothing = (): void => {};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('questions are answered, each with its own answer', async () => {
  const { asked, workers } = connected(doubles);
  expect(await Promise.all([asked.double(1), asked.double(2)])).toEqual([2, 4]);
  expect(workers).toHaveLength(1);
});

test('what a function throws keeps its name, its words and its code', async () => {
  const thrown = Object.assign(new RangeError('too large'), { code: 'VALUE' });
  const { asked } = connected(({ id }, worker) => worker.say({ id, failure: failureOf(thrown) }));
  await expect(asked.double(1)).rejects.toMatchObject({ name: 'RangeError', message: 'too large', code: 'VALUE' });
});

test('a worker that does not start fails its questions, and the next question starts another', async () => {
  const { asked, workers } = connected(doesNotStart, doubles);
  await expect(asked.double(1)).rejects.toMatchObject({ code: workerCode });
  expect(workers[0].isEnded).toBe(true);
  expect(await asked.double(3)).toBe(6);
  expect(workers).toHaveLength(2);
});

test('a worker that says nothing is not waited for without end', async () => {
  const { asked, workers } = connected(saysNothing, doubles);
  const first = expect(asked.double(1)).rejects.toMatchObject({ code: workerCode });
  await vi.advanceTimersByTimeAsync(60_000);
  await first;
  expect(workers[0].isEnded).toBe(true);
  expect(await asked.double(3)).toBe(6);
});

test('an answer in time leaves no timer behind, and the end fails what is asked', async () => {
  const { asked, end, workers } = connected(doubles, saysNothing);
  await asked.double(1);
  expect(vi.getTimerCount()).toBe(0);
  end();
  expect(workers[0].isEnded).toBe(true);
  const open = expect(asked.double(2)).rejects.toMatchObject({ code: workerCode });
  end();
  await open;
});
