import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Case } from './formats/case.ts';
import { goldenCases, isGolden } from './formats/golden.ts';
import { isOnnx, onnxCase } from './formats/onnx.ts';
import { isTfjs, tfjsCase } from './formats/tfjs.ts';
import { MalformedCase } from './outcome.ts';
import { isRecord } from './unknown.ts';

/** A case with the file it comes from. */
export interface CaseOfFile extends Case {
  readonly file: string;
}

/** The folder cannot be used at all: it is not there, or holds no cases. */
export class FolderError extends Error {}

/** All cases of a folder, file by file in alphabetical order. What is wrong with a file becomes a case that fails. */
export async function readFolder(folder: string): Promise<CaseOfFile[]> {
  const files = await readdir(folder).catch((error: unknown) => {
    throw new FolderError(`${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const named = files.filter((file) => file.endsWith('.json') && file !== 'index.json').sort();
  if (named.length === 0) throw new FolderError(`${folder} holds no JSON file of cases`);
  const cases: CaseOfFile[] = [];
  for (const file of named) {
    const text = await readFile(join(folder, file), 'utf8');
    cases.push(...casesOf(text, file).map((one) => ({ ...one, file })));
  }
  return cases;
}

/** The cases in the text of one file, whose format is told by what it holds. */
export function casesOf(text: string, file: string): Case[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return [unreadable(file, `broken JSON: ${error instanceof Error ? error.message : String(error)}`)];
  }
  if (isGolden(parsed)) return goldenCases(parsed);
  if (!Array.isArray(parsed)) {
    const keys = isRecord(parsed) ? ` with ${Object.keys(parsed).slice(0, 5).join(', ')}` : '';
    return [unreadable(file, `unknown format${keys}: neither { cases } nor a list of cases`)];
  }
  return parsed.map((entry: unknown, index) => caseOf(entry, `${file}[${index}]`));
}

function caseOf(entry: unknown, where: string): Case {
  if (isRecord(entry) && isOnnx(entry)) return onnxCase(entry);
  if (isRecord(entry) && isTfjs(entry)) return tfjsCase(entry);
  return unreadable(where, 'unknown format: an entry with neither opset nor atol');
}

function unreadable(name: string, reason: string): Case {
  return {
    op: '(file)',
    name,
    isQuirk: false,
    run: () => {
      throw new MalformedCase(reason);
    },
  };
}
