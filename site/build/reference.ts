import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const made = join(root, 'reference');

/** Puts what `npx pnpm reference` has made into the site's folder `reference`; without it the site says how to make it. */
export function copyReference(site: string): void {
  if (existsSync(made)) cpSync(made, join(site, 'reference'), { recursive: true });
  else console.warn('no reference: `npx pnpm reference` makes it');
}

/** Where the reference describes a name, counted from the site's folder; `undefined` while it was not made. */
export function pageOf(name: string): string | undefined {
  return pages().get(name);
}

let known: ReadonlyMap<string, string> | undefined;

function pages(): ReadonlyMap<string, string> {
  if (known === undefined) {
    const rooms = ['functions', 'classes', 'interfaces', 'types', 'variables'].filter((room) =>
      existsSync(join(made, room)),
    );
    const entries = rooms.flatMap((room) =>
      readdirSync(join(made, room)).map(
        (file) => [file.replace(/^.*?\.(?=[^.]+\.html$)|\.html$/g, ''), `reference/${room}/${file}`] as const,
      ),
    );
    // Where a name is exported by two doors, the shorter path is the door that users need.
    known = new Map(entries.sort(([, a], [, b]) => b.length - a.length));
  }
  return known;
}
