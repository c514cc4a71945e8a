import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a page of docs/contributing tells its reader to do with a file. */
export interface PageStep {
  readonly path: string;
  readonly text: string;
  /** For lines that are added: what the line holds in front of which they go. `undefined` for a whole new file. */
  readonly before: string | undefined;
}

/** "Create `path`:" or "Add to `path`, in front of the line with `words`:", and the block of code behind it. */
const step = /^(?:Create `([^`]+)`|Add to `([^`]+)`, in front of the line with `([^`]+)`):\n\n```ts\n([\s\S]*?)^```$/gm;

/** The steps of a page, in order. */
export function stepsOf(page: string): PageStep[] {
  return [...page.matchAll(step)].map(([, created, changed, before, text]) => ({
    path: created ?? changed,
    text,
    before,
  }));
}

/** Does in the folder of a project what a step says. Throws an error when its page no longer fits the project. */
export function follow({ path, text, before }: PageStep, folder: string): void {
  const file = join(folder, path);
  if (before === undefined) {
    mkdirSync(dirname(file), { recursive: true });
    // `wx`: an example that has become part of the project is none any more.
    writeFileSync(file, text, { flag: 'wx' });
    return;
  }
  const lines = readFileSync(file, 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes(before));
  if (at < 0) throw new Error(`${path} has no line with ${before}`);
  lines.splice(at, 0, text.trimEnd());
  writeFileSync(file, lines.join('\n'));
}
