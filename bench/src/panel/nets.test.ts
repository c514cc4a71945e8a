import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const built = (path: string): string =>
  JSON.stringify(fileURLToPath(new URL(`../../dist/panel/${path}`, import.meta.url)));

test('every net of the panel is built and learns', () => {
  // The bench runs on what is built, and so in a process of its own.
  const program = `
    import { panelNames, panelNets } from ${built('nets.js')};
    import { panelStep } from ${built('step.js')};
    const losses = panelNames.map((name) => {
      const step = panelStep({ ...panelNets[name], batch: 2 });
      return [name, step(), step(), step()];
    });
    console.log(JSON.stringify(losses));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  const losses: [string, ...number[]][] = JSON.parse(printed);
  expect(losses).toHaveLength(12);
  for (const [name, ...values] of losses) {
    expect(values.every(Number.isFinite), name).toBe(true);
    expect(new Set(values).size, `${name} changes with each step`).toBe(3);
  }
}, 60_000);
