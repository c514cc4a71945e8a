import { tapegradStep } from '../competitors/tapegrad.ts';

// A process of its own: says how many milliseconds after its start the first step of training was done.
tapegradStep('small', 64)();
console.log(JSON.stringify({ firstStepMs: performance.now() }));
