// Runs the examples whose names begin with what is given, `npx pnpm example 03`; without it, lists them all.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const names = readdirSync(fileURLToPath(new URL('../examples', import.meta.url)))
  .filter((name) => /^\d\d-\w+\.ts$/.test(name))
  .map((name) => name.slice(0, -'.ts'.length));
const [wanted] = process.argv.slice(2);
const chosen = wanted ? names.filter((name) => name.startsWith(wanted)) : [];
for (const name of chosen) {
  if (chosen.length > 1) console.log(`\n${name}`);
  await import(`../examples/dist/${name}.js`);
}
if (chosen.length === 0) {
  console.log(`usage: npx pnpm example <beginning of a name>\n\n${names.join('\n')}`);
  if (wanted && wanted !== '--help') process.exitCode = 2;
}
