import { expect, test } from 'vitest';
import { withEarlier } from './earlier.ts';
import type { Machine, Results } from './results.ts';

const machine: Machine = {
  processor: 'a processor',
  cores: 2,
  memoryGiB: 24,
  system: 'Linux',
  node: 'v20.20.2',
  versions: {},
  loadBefore: 0,
};
const panel = { threads: 2, engines: {}, rounds: 1, nets: [] };
const memory = [{ step: 2, engineBytes: 1, residentBytes: 1 }];
const first: Results = {
  command: 'bench --parts panel,memory',
  date: '2026-11-29',
  machine,
  batch: 64,
  panel,
  memory,
  leftOut: [{ part: 'panel', what: 'PyTorch', why: 'not there' }],
};
const second: Results = {
  command: 'bench --parts start',
  date: '2026-11-30',
  machine: { ...machine, node: 'v24.21.0', loadBefore: 1 },
  batch: 64,
  panel: undefined,
  firstStepMs: [300],
  leftOut: [],
};

test('parts that are not measured anew are kept, and it is said from which run', () => {
  const both = withEarlier(second, first);
  expect(both).toMatchObject({ command: second.command, panel, memory, firstStepMs: [300], leftOut: first.leftOut });
  expect(both.earlier).toEqual([
    { command: first.command, date: '2026-11-29', node: 'v20.20.2', parts: ['panel', 'memory'] },
  ]);
});

test('what is measured anew replaces what was there, step by step', () => {
  const third: Results = { ...second, command: 'bench --parts memory', firstStepMs: undefined, memory: [] };
  const all = withEarlier(third, withEarlier(second, first));
  expect(all).toMatchObject({ memory: [], panel, firstStepMs: [300] });
  expect(all.earlier?.map(({ command, parts }) => [command, parts])).toEqual([
    ['bench --parts start', ['start']],
    ['bench --parts panel,memory', ['panel']],
  ]);
  const whole = withEarlier({ ...first, leftOut: [] }, first);
  expect(whole).toEqual({ ...first, leftOut: [] });
});

test('results of another machine are left behind', () => {
  const elsewhere = { ...second, machine: { ...machine, cores: 8 } };
  expect(withEarlier(elsewhere, first)).toBe(elsewhere);
  expect(withEarlier(second, undefined)).toBe(second);
});
