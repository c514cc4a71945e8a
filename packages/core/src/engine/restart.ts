import { MemoryHasGrown } from './heap.ts';
import { state } from './state.ts';

/**
 * Runs `work`, which asks for memory and fills it, such as the value of an op. Where the memory is not shared and has to
 * grow in the middle, all views of it are lost, and `work` starts again: nothing else in core does so.
 *
 * So `work` must change nothing that was there before: it takes memory, and writes into what it has taken. What changes
 * numbers that last, as the step of an optimiser does, is never run in here; it takes all its memory first.
 */
export function withSteadyMemory<Result>(work: () => Result): Result {
  for (;;) {
    state.restartableWork++;
    try {
      return work();
    } catch (error) {
      // Inside of other such work, the views of that are lost too: it is the outermost that starts again.
      if (!(error instanceof MemoryHasGrown) || state.restartableWork > 1) throw error;
    } finally {
      state.restartableWork--;
    }
  }
}
