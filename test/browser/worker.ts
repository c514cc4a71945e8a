import { trainSmall } from './training.ts';

addEventListener('message', ({ data }: MessageEvent<{ steps: number; threads: number }>) => {
  postMessage(trainSmall(data.steps, data.threads));
});
