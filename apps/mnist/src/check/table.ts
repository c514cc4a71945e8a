import type { Finding, Verdict } from '@tapegrad/nn';

const signs: Readonly<Record<Verdict, string>> = { passed: '✓', doubtful: '!', failed: '✗' };

/** The findings as lines for a terminal: sign and check, what was seen, and where it is not well what was wanted and what to do. */
export function tableOf(all: readonly Finding[]): string {
  const width = Math.max(...all.map(({ check }) => check.length));
  const indent = ' '.repeat(width + 4);
  const rows = all.flatMap(({ check, verdict, seen, wanted, remedy }) => [
    `${signs[verdict]} ${check.padEnd(width)}  ${seen}`,
    `${indent}wanted: ${wanted}`,
    ...(remedy === '' ? [] : [`${indent}what to do: ${remedy}`]),
  ]);
  return [...rows, '', verdictOf(all)].join('\n');
}

function verdictOf(all: readonly Finding[]): string {
  const count = (verdict: Verdict): number => all.filter((each) => each.verdict === verdict).length;
  const doubtful = count('doubtful');
  const remark = doubtful === 0 ? '' : `, ${doubtful} to look at`;
  const failed = count('failed');
  return `${count('passed')} of ${all.length} checks passed${remark}${failed === 0 ? '' : `, ${failed} failed`}; nothing was trained or written`;
}
