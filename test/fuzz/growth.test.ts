import { growthTarget } from './growth.ts';
import { runTargets } from './runTargets.ts';

/*
 * In a file of its own, and so in a process of its own: it loads the library anew, with another kind of memory. It has the time
 * of one of the other targets, of which there are about 25; now and then a case loads the library once more.
 */
runTargets([await growthTarget()], { share: 25, cases: 100, seconds: 20 });
