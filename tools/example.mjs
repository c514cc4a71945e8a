// Runs the examples whose names hold what is given, `npx pnpm example 03` or `mnist`; without it, lists them all.
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TapegradError } from '@tapegrad/core';

const names = readdirSync(fileURLToPath(new URL('../examples', import.meta.url)))
  .filter((name) => /^\d\d-\w+\.ts$/.test(name))
  .map((name) => name.slice(0, -'.ts'.length));
const asked = process.argv.slice(2).map((text) => basename(text, '.ts'));
const isHelp = asked.some((text) => text === '--help' || text === '-h');
// A number is how a name begins; a word may stand anywhere in it.
const matches = (name, text) =>
  /^\d+$/.test(text) ? name.startsWith(text.padStart(2, '0')) : name.toLowerCase().includes(text.toLowerCase());
const unknown = isHelp ? [] : asked.filter((text) => !names.some((name) => matches(name, text)));
if (unknown.length > 0) console.error(`error: no example is called ${unknown.join(' or ')}\n`);
if (isHelp || asked.length === 0 || unknown.length > 0) {
  console.log(`usage: npx pnpm example <number or part of a name>...\n\n${names.join('\n')}`);
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  const chosen = names.filter((name) => asked.some((text) => matches(name, text)));
  try {
    for (const name of chosen) {
      if (chosen.length > 1) console.log(`\n${name}`);
      await import(`../examples/dist/${name}.js`);
    }
  } catch (error) {
    // What was thrown on purpose is a sentence; any other error keeps its stack, for it is a bug.
    console.error(error instanceof TapegradError ? `error: ${error.message}` : error);
    process.exitCode = 1;
  }
}
