import { parentPort, workerData } from 'node:worker_threads';
import { contender } from './ceiling.ts';

// One of the threads of `ceiling`: answers each message with its own GFLOP/s.
const speed = contender(workerData);
parentPort?.on('message', () => parentPort?.postMessage(speed()));
parentPort?.postMessage('ready');
