import type { CaseOfFile } from './folder.ts';
import type { World } from './formats/case.ts';
import { Difference, type Outcome, outcomeOf, type Result } from './outcome.ts';

/** Runs one case. Nothing that a case throws comes out of here. */
export function runCase(one: CaseOfFile, world: World): Result {
  const start = performance.now();
  const outcome = outcomeWith(one, world);
  return { file: one.file, op: one.op, name: one.name, outcome, seconds: (performance.now() - start) / 1000 };
}

function outcomeWith(one: CaseOfFile, world: World): Outcome {
  try {
    one.run(world);
    return { kind: 'passed' };
  } catch (error) {
    if (error instanceof Difference && one.isQuirk) {
      return { kind: 'passed', remark: `differs where it may (tagged quirk): ${error.message}` };
    }
    return outcomeOf(error);
  }
}

/** The cases whose op or name holds `pattern`, where `*` stands for anything; all without a pattern. */
export function matching(cases: readonly CaseOfFile[], pattern: string | undefined): CaseOfFile[] {
  if (pattern === undefined) return [...cases];
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const wanted = new RegExp(parts.join('.*'), 'i');
  return cases.filter(({ op, name }) => wanted.test(op) || wanted.test(name));
}
