import * as core from '@tapegrad/core';
import * as datasets from '@tapegrad/datasets';
import * as nn from '@tapegrad/nn';

const modules: Readonly<Record<string, object>> = {
  '@tapegrad/core': core,
  '@tapegrad/datasets': datasets,
  '@tapegrad/nn': nn,
};

/** Runs a program that a tab gives away, as a reader would, and returns what it prints, line by line. */
export function printedBy(code: string): unknown[][] {
  const printed: unknown[][] = [];
  const body = code.replace(/^import \{([^}]*)\} from '([^']+)';$/gm, (_, names: string, from: string) => {
    const missing = names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !(name in modules[from]));
    if (missing.length > 0) throw new Error(`${from} has no ${missing.join(', ')}`);
    return `const {${names}} = modules['${from}'];`;
  });
  const console = { log: (...parts: unknown[]) => void printed.push(parts) };
  new Function('modules', 'console', body)(modules, console);
  return printed;
}
