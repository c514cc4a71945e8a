import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readAddress, writeAddress } from '../../apps/playground/src/address/address.ts';
import { type Fields, readFields, writeFields } from '../../apps/playground/src/address/fields.ts';
import { depthFields } from '../../apps/playground/src/tabs/depth/fields.ts';
import { layerFields } from '../../apps/playground/src/tabs/layers/fields.ts';
import { marginFields } from '../../apps/playground/src/tabs/margins/fields.ts';
import { optimiserFields } from '../../apps/playground/src/tabs/optimisers/fields.ts';

const pages = fileURLToPath(new URL('../pages/', import.meta.url));

/** What stands in the addresses of the tabs that pages link to. */
const tabs: Readonly<Record<string, Fields>> = {
  depth: depthFields,
  layers: layerFields,
  margins: marginFields,
  optimisers: optimiserFields,
};

const linksIn = (folder: string): string[] =>
  readdirSync(pages + folder)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) =>
      [...readFileSync(`${pages}${folder}/${name}`, 'utf8').matchAll(/<LabLink to="([^"]*)"/g)].map(([, to]) => to),
    );

test('links to the Lab say what the Lab reads, the same in both languages', () => {
  const links = linksIn('book');
  expect(links.length).toBeGreaterThan(5);
  expect(linksIn('zh/book')).toEqual(links);
  for (const link of links) {
    const { tab, state } = readAddress(link);
    const fields = tabs[tab];
    expect(fields, link).toBeDefined();
    // A field at its beginning need not be written, but may be: a link then says what is meant.
    const read = readFields(fields, state);
    const said = Object.fromEntries([...state.keys()].map((name) => [name, fields[name]?.write(read[name])]));
    expect(writeAddress(tab, said as Record<string, string>)).toBe(`#${link}`);
    expect(Object.keys(writeFields(fields, read)).every((name) => state.has(name))).toBe(true);
  }
});
