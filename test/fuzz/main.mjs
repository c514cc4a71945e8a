// Feeds every reader with changed files and nonsense for as long as one likes: npx pnpm fuzz --minutes 10. It says with which
// seed; the same seed gives the same inputs again.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

const usage =
  'usage: npx pnpm fuzz [--minutes <number>] [--seed <number>]   (default: 1 minute, another seed each time)';

function optionsOf(args) {
  const { values } = parseArgs({
    args,
    options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return undefined;
  const minutes = Number(values.minutes);
  if (!(minutes > 0 && minutes <= 10_000)) throw new Error(`--minutes is ${values.minutes}; wanted a number above 0`);
  const seed = Number(values.seed ?? randomInt(2 ** 31));
  const isSeed = values.seed !== '' && Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31;
  if (!isSeed) throw new Error(`--seed is ${values.seed}; wanted a whole number from 0 to ${2 ** 31 - 1}`);
  return { minutes, seed };
}

try {
  const options = optionsOf(process.argv.slice(2));
  if (options === undefined) console.log(usage);
  else {
    const { minutes, seed } = options;
    const again = `npx pnpm fuzz --minutes ${minutes} --seed ${seed}`;
    console.log(`seed ${seed}: the same inputs again by ${again}`);
    const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/fuzz'], {
      stdio: 'inherit',
      env: { ...process.env, TAPEGRAD_FUZZ_MINUTES: String(minutes), TAPEGRAD_FUZZ_SEED: String(seed) },
    });
    if (status !== 0) console.error(`Failed with the seed ${seed}. Again: ${again}`);
    process.exitCode = status ?? 1;
  }
} catch (error) {
  console.error(`error: ${error.message}\n${usage}`);
  process.exitCode = 2;
}
