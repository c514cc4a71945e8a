import { type Answers, type Failure, type Reply, workerCode } from './protocol.ts';

/** The functions of a worker as the page calls them. */
export type Asked<Known extends Answers> = {
  readonly [Name in keyof Known]: (question: Parameters<Known[Name]>[0]) => Promise<Awaited<ReturnType<Known[Name]>>>;
};

/** What a worker threw, in its own words. */
export class WorkerFailure extends Error {
  readonly code: string | undefined;

  constructor({ name, message, code }: Failure) {
    super(message);
    this.name = name;
    this.code = code;
  }
}

/** A worker that is asked, and the end of it. */
export interface Connection<Known extends Answers> {
  readonly asked: Asked<Known>;
  readonly end: () => void;
}

/** A worker that has not answered for so long is taken to be dead, in milliseconds: no answer of the page takes a tenth of it. */
const patience = 60_000;

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * Calls the functions of a worker: `connect(make).asked.lossOf({ logits })`. The type of its answers is that of the functions
 * that it serves, imported as a type alone. A worker that does not start, or gives no answer, fails what was asked of it; the
 * next question starts another.
 */
export function connect<Known extends Answers>(make: () => Worker): Connection<Known> {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let worker: Worker | undefined;

  const fail = (message: string): void => {
    worker?.terminate();
    worker = undefined;
    const all = [...waiting.values()];
    waiting.clear();
    for (const { reject, timer } of all) {
      clearTimeout(timer);
      reject(new WorkerFailure({ name: 'WorkerFailure', message, code: workerCode }));
    }
  };
  const start = (): Worker => {
    const started = make();
    started.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      const asked = waiting.get(data.id);
      if (!asked) return;
      waiting.delete(data.id);
      clearTimeout(asked.timer);
      if ('failure' in data) asked.reject(new WorkerFailure(data.failure));
      else asked.resolve(data.answer);
    });
    // What its functions throw is answered: an error that arrives here is one of a worker that did not start.
    started.addEventListener('error', ({ message }) => worker === started && fail(message || 'it did not start'));
    return started;
  };
  const call = (name: string, question: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      worker ??= start();
      const id = ++last;
      waiting.set(id, {
        resolve,
        reject,
        timer: setTimeout(() => fail(`no answer in ${patience / 1000} s`), patience),
      });
      worker.postMessage({ id, name, question });
    });
  return {
    asked: new Proxy({} as Asked<Known>, {
      get: (_target, name) => (typeof name === 'string' ? (question: unknown) => call(name, question) : undefined),
    }),
    end: () => fail('it was ended'),
  };
}
