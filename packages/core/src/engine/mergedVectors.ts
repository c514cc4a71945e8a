import type { Routine } from './pool.ts';
import { nodeParts } from './support.ts';

/*
 * V8 merges two neighbouring vectors of 128 bits into one of 256 behind a flag, and only in its optimising compiler. By itself
 * that compiles a function when it has run for a while, together with others that it called often. So the flag would have
 * to stay set, for all other WebAssembly of the process too; and what is compiled with what would depend on the program,
 * so that nobody could try it: a fault of this compiler ends the process (an "unreachable code", seen in Node 24).
 *
 * Here every function is compiled at once, each by itself, as V8's own tests ask for it: by a native function. The compiler
 * is given the same in every process, the tests' included, and both flags are taken back before the program goes on.
 *
 * The flags hold for the whole process, threads included, so only these two are set: one adds a syntax, the other concerns
 * vectors alone. Those that change how V8 compiles and calls functions (`--no-liftoff`, `--no-wasm-inlining`) break what
 * another thread compiles or instantiates in the meantime.
 */

const needed = ['experimental-wasm-revectorize', 'allow-natives-syntax'] as const;

/** Whether the function is compiled by the optimising compiler, after that was asked to. */
const optimise =
  '(routine) => (%IsTurboFanFunction(routine) || %WasmTierUpFunction(routine), %IsTurboFanFunction(routine))';

/**
 * Compiles functions of WebAssembly with neighbouring vectors merged. Whether that was done: a V8 without these native
 * functions does not know them. It takes about a fifth of a second for all kernels.
 */
export function mergeVectors(routines: readonly Routine[]): boolean {
  const node = nodeParts();
  if (!node) return false;
  // What the user has set stays set.
  const flags = needed.filter((flag) => !node.options.includes(`--${flag}`));
  for (const flag of flags) node.v8.setFlagsFromString(`--${flag}`);
  try {
    const isOptimised = node.vm.runInThisContext(optimise) as (routine: Routine) => boolean;
    return routines.every((routine) => isOptimised(routine));
  } catch {
    return false;
  } finally {
    for (const flag of flags) node.v8.setFlagsFromString(`--no-${flag}`);
  }
}
