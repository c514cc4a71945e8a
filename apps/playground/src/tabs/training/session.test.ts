import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { workerCode } from '../../worker/protocol.ts';
import type { Order, Report } from './protocol.ts';
import { Session } from './session.ts';
import type { Known } from './store.ts';

class FakeWorker extends EventTarget {
  readonly orders: Order[] = [];
  postMessage(order: Order): void {
    this.orders.push(order);
  }
  terminate(): void {}
  say(data: Report): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }
}

const beginning = (seed: number, learningRate = 0.002): Order & { kind: 'begin' } => ({
  kind: 'begin',
  settings: { net: 'small', optimiser: 'adam', learningRate, batchSize: 64, seed },
  threads: 1,
  digits: 'hard',
});
const begun: Report = {
  kind: 'begun',
  net: 'small',
  isLoaded: false,
  images: { trainCount: 1, testCount: 1, isBuiltIn: true, origin: '' },
  engine: { engine: 'reference', threads: 1, sharedMemory: false, notes: [] },
  parameterCount: 1,
  stepsInEpoch: 1,
};
const progress = (step: number): Report => ({
  kind: 'progress',
  isRunning: true,
  epoch: 1,
  step,
  losses: [2],
  accuracies: [0.1],
  milliseconds: [1],
  tests: [],
});

function started() {
  const workers: FakeWorker[] = [];
  const session = new Session(() => {
    workers.push(new FakeWorker());
    return workers[workers.length - 1] as unknown as Worker;
  });
  return { session, workers };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a net that trains is found again by who comes back, as far as it has come meanwhile', () => {
  const { session, workers } = started();
  const seen: Known[] = [];
  const onWeights = vi.fn();
  const leave = session.listen({ onKnown: (known) => seen.push(known), onWeights });
  session.beginOnce(beginning(1));
  workers[0].say(begun);
  workers[0].say(progress(1));
  vi.advanceTimersByTime(200);
  leave();
  workers[0].say(progress(2));
  vi.advanceTimersByTime(200);
  expect(seen.at(-1)?.step).toBe(1);

  session.listen({ onKnown: (known) => seen.push(known), onWeights });
  session.beginOnce(beginning(1));
  expect(seen.at(-1)?.step).toBe(2);
  expect(seen.at(-1)?.losses).toEqual([2, 2]);
  expect(workers.map(({ orders }) => orders.length)).toEqual([1]);
});

test('another learning rate builds no net, another seed does, and so does starting over', () => {
  const { session, workers } = started();
  session.beginOnce(beginning(1));
  session.beginOnce(beginning(1, 0.5));
  session.beginOnce(beginning(2));
  session.begin(beginning(2));
  expect(workers[0].orders.map((order) => order.kind === 'begin' && order.settings.seed)).toEqual([1, 2, 2]);
});

test('a net from a file is not built anew for the settings that came with it', () => {
  const { session, workers } = started();
  session.beginOnce(beginning(1));
  session.isAsBegunBy(beginning(2));
  session.beginOnce(beginning(2));
  expect(workers[0].orders).toHaveLength(1);
});

test('a worker that dies is a failure that can be tried again', () => {
  const { session, workers } = started();
  let known: Known | undefined;
  const onKnown = (news: Known): void => {
    known = news;
  };
  session.listen({ onKnown, onWeights: () => {} });
  session.beginOnce(beginning(1));
  workers[0].dispatchEvent(new Event('error'));
  vi.advanceTimersByTime(200);
  expect(known?.failure?.code).toBe(workerCode);
  session.beginOnce(beginning(1));
  expect(workers).toHaveLength(2);
  expect(workers[1].orders).toEqual([beginning(1)]);
});
