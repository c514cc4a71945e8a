import type { Order, Report } from './protocol.ts';
import { Trainer } from './trainer.ts';

/* Trains on the engine, in a worker: see `Trainer` for what it does, and the protocol for what it says. */

const trainer = new Trainer((report: Report, transfer: Transferable[] = []) => postMessage(report, { transfer }));

addEventListener('message', ({ data }: MessageEvent<Order>) => trainer.obey(data));
