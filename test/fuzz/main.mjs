// Feeds every reader with changed files and nonsense for as long as one likes: npx pnpm fuzz --minutes 10.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const usage = 'usage: npx pnpm fuzz [--minutes <number>]   (default: 1)';

function minutesOf(args) {
  const { values } = parseArgs({
    args,
    options: { minutes: { type: 'string', default: '1' }, help: { type: 'boolean' } },
  });
  if (values.help) return undefined;
  const minutes = Number(values.minutes);
  if (minutes > 0 && minutes <= 10_000) return minutes;
  throw new Error(`--minutes is ${values.minutes}; wanted a number above 0`);
}

try {
  const minutes = minutesOf(process.argv.slice(2));
  if (minutes === undefined) console.log(usage);
  else {
    const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/fuzz'], {
      stdio: 'inherit',
      env: { ...process.env, TAPEGRAD_FUZZ_MINUTES: String(minutes) },
    });
    process.exitCode = status ?? 1;
  }
} catch (error) {
  console.error(`error: ${error.message}\n${usage}`);
  process.exitCode = 2;
}
