import { concatenate } from '../archives/bytes.ts';

/** Takes the pieces of a download, and makes something of them when all have come. */
export interface Sink<Result> {
  take(piece: Uint8Array): void | Promise<void>;
  /** Checks what has come. What is thrown here means that the mirror has sent a wrong file. */
  finish(): Promise<Result>;
  /** Forgets what has come. */
  abandon(): Promise<void>;
}

/** Keeps what comes in memory, and hands it to `check` when it is whole. */
export function memorySink<Result>(check: (bytes: Uint8Array) => Promise<Result>): Sink<Result> {
  const pieces: Uint8Array[] = [];
  return {
    take: (piece) => {
      pieces.push(piece);
    },
    finish: () => check(concatenate(pieces)),
    abandon: async () => {
      pieces.length = 0;
    },
  };
}
