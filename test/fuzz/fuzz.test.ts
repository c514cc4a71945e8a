import { runTargets } from './runTargets.ts';
import { allTargets } from './targets.ts';

/*
 * Whatever comes from outside ends in a value or a typed error, within a second and bounded memory. Here are some hundreds of
 * cases for each reader; `npx pnpm fuzz --minutes 10` goes on for as long as one likes. Memory that grows has a file of its own.
 */
const targets = await allTargets();
runTargets(targets, { share: targets.length + 1 });
