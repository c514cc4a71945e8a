import os from 'node:os';
import * as core from '@tapegrad/core';
import ndarray from '@tapegrad/core/ndarray';
import * as coreNode from '@tapegrad/core/node';
import * as datasets from '@tapegrad/datasets';
import * as datasetsNode from '@tapegrad/datasets/node';
import * as explain from '@tapegrad/explain';
import * as expression from '@tapegrad/expression';
import * as nn from '@tapegrad/nn';
import * as nnNode from '@tapegrad/nn/node';
import * as onnx from '@tapegrad/onnx';
import * as onnxNode from '@tapegrad/onnx/node';
import ts from 'typescript';

/** What an example may name: all that is exported, and what Node has for files. */
const scope: Readonly<Record<string, unknown>> = {
  ...{
    ...core,
    ...coreNode,
    ...datasets,
    ...datasetsNode,
    ...explain,
    ...expression,
    ...nn,
    ...nnNode,
    ...onnx,
    ...onnxNode,
  },
  ndarray,
  tmpdir: os.tmpdir,
};

/** A line of an example that says what comes out: `relu([-1, 2]) // [0, 2]`. */
export interface Claim {
  readonly line: string;
  readonly claimed: string;
  readonly got: string;
}

/** What a comment begins with that is a value, and no sentence. */
const aValue = /^(?:-?[\d[{"?]|-?Infinity|NaN$|true$|false$|undefined$)/;

/** Runs an example and gives what its lines claim, and what they really give. */
export async function runExample(code: string): Promise<Claim[]> {
  const claims: Claim[] = [];
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ESNext, true);
  const lines = source.statements.map((statement) => {
    const text = statement.getText().replace(/;$/, '');
    const claimed = /^[ \t]*\/\/ ?(.*)/.exec(code.slice(statement.end))?.[1];
    if (!ts.isExpressionStatement(statement) || claimed === undefined || !aValue.test(claimed)) return `${text};`;
    return `claim(${JSON.stringify(text)}, ${JSON.stringify(claimed)}, ${text});`;
  });
  const wrapped = `return (async () => {\n${lines.join('\n')}\n})();`;
  const { outputText } = ts.transpileModule(wrapped, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const claim = (line: string, claimed: string, value: unknown): void => {
    claims.push({ line, claimed, got: show(value) });
  };
  await new Function('claim', ...Object.keys(scope), outputText)(claim, ...Object.values(scope));
  return claims;
}

/** A value as an example writes it: numbers with four digits behind the point, tensors and ndarrays as lists. */
function show(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toFixed(4)) + 0);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof core.Tensor) return show(value.toList());
  if (core.isNdArray(value)) return show(core.tensor(value).toList());
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)))
    return `[${Array.from(value as ArrayLike<unknown>, show).join(', ')}]`;
  if (value instanceof Map) return show(Object.fromEntries(value));
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${key}: ${show(each)}`)
      .join(', ')} }`.replace('{  }', '{}');
  return String(value);
}
