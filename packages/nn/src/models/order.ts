import { ValueError } from '@tapegrad/core';
import type { GraphValue } from './graphValue.ts';

/** How many values a model may hold: more are a loop that builds without end. */
const most = 100_000;

/**
 * All values that are needed for the outputs, each once and behind those that it is made from. The order is that in which a
 * reader would write them down: what leads to the first output first, and of a join what leads to its first input.
 */
export function inOrder(outputs: readonly GraphValue[]): readonly GraphValue[] {
  const ordered = new Set<GraphValue>();
  const waiting = [...outputs].reverse();
  for (let value = waiting.at(-1); value; value = waiting.at(-1)) {
    const { origin } = value;
    // Reversed, since the last one on the stack comes first.
    const missing = 'from' in origin ? origin.from.filter((each) => !ordered.has(each)).reverse() : [];
    if (ordered.has(value) || missing.length === 0) {
      ordered.add(value);
      waiting.pop();
    } else {
      waiting.push(...missing);
    }
    if (ordered.size > most) throw tooMany();
  }
  return [...ordered];
}

function tooMany(): ValueError {
  return new ValueError({
    operation: 'Model',
    got: `more than ${most} values`,
    wanted: 'a model that ends',
    remedy: 'Check the loop that puts it together',
  });
}
