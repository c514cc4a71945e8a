import type { Result } from './outcome.ts';

/** The report as lines of text; the last one is exactly `N passed, N failed`. */
export function reportLines(results: readonly Result[], { verbose }: { readonly verbose: boolean }): string[] {
  const failed = results.filter(({ outcome }) => outcome.kind !== 'passed');
  return [
    ...results.flatMap(remarkLine),
    ...(verbose ? results.map(verboseLine) : [...failed.filter(isDifferent).map(verboseLine), ...missingLines(failed)]),
    '',
    ...tableLines(results),
    '',
    `${results.length - failed.length} passed, ${failed.length} failed`,
  ];
}

function isDifferent({ outcome }: Result): boolean {
  return outcome.kind === 'failed';
}

function remarkLine({ op, name, outcome }: Result): string[] {
  return outcome.kind === 'passed' && outcome.remark ? [`note ${op} ${name}: ${outcome.remark}`] : [];
}

function verboseLine({ op, name, outcome, seconds }: Result): string {
  if (outcome.kind === 'passed') return `passed ${op} ${name} (${(seconds * 1000).toFixed(1)} ms)`;
  return `FAILED ${op} ${name}: ${outcome.reason}`;
}

/** What is not there yet, one line for each op and reason: `FAILED conv1d (3 cases): not built yet`. */
function missingLines(failed: readonly Result[]): string[] {
  const groups = new Map<string, Result[]>();
  for (const result of failed) {
    if (result.outcome.kind !== 'unsupported') continue;
    const key = `${result.op}\n${result.outcome.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups].map(([key, group]) => {
    const [op, reason] = key.split('\n');
    const said = reason.endsWith('not built yet') ? reason : `${reason} not built yet`;
    return `FAILED ${op} ${group.length === 1 ? group[0].name : `(${group.length} cases)`}: ${said}`;
  });
}

/** Passed and failed for each op, in alphabetical order. */
function tableLines(results: readonly Result[]): string[] {
  const counts = new Map<string, [passed: number, failed: number]>();
  for (const { op, outcome } of results) {
    const [passed, failed] = counts.get(op) ?? [0, 0];
    counts.set(op, outcome.kind === 'passed' ? [passed + 1, failed] : [passed, failed + 1]);
  }
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(2, ...rows.map(([op]) => op.length));
  const row = (op: string, passed: unknown, failed: unknown): string =>
    `${op.padEnd(width)}  ${String(passed).padStart(6)}  ${String(failed).padStart(6)}`;
  return [row('op', 'passed', 'failed'), ...rows.map(([op, [passed, failed]]) => row(op, passed, failed))];
}
