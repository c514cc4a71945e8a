import { tapegradStep } from '../competitors/tapegrad.ts';
import { engineInfo } from '../tapegrad/core.ts';

/** How much memory was in use after so many steps. */
export interface MemoryAt {
  readonly step: number;
  /** The engine's own memory, which only grows. */
  readonly engineBytes: number;
  /** The whole process, as the operating system sees it. */
  readonly residentBytes: number;
}

/** Trains the small net and looks at its memory after 2 steps, after a tenth of them, and at the end. */
export function measureMemory(batch: number, steps: number): MemoryAt[] {
  const step = tapegradStep('small', batch);
  const stops = [2, Math.round(steps / 10), steps];
  const seen: MemoryAt[] = [];
  for (let count = 1; count <= steps; count++) {
    step();
    if (!stops.includes(count)) continue;
    seen.push({ step: count, engineBytes: engineInfo().memoryBytes, residentBytes: process.memoryUsage().rss });
  }
  return seen;
}
