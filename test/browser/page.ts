import { type Run, trainSmall } from './training.ts';

declare global {
  interface Window {
    onThisThread(steps: number, threads: number): Run;
    inWorker(steps: number, threads: number): Promise<Run>;
  }
}

window.onThisThread = trainSmall;
window.inWorker = (steps, threads) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data as Run);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ steps, threads });
  });
