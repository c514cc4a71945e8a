import { checkNumeric } from '../numeric/check.ts';
import type { NumericOp } from '../numeric/numericCase.ts';
import { MalformedCase, Unsupported } from '../outcome.ts';
import { readTensor, type StoredTensor } from '../stored.ts';
import { tfjsOps } from '../tfjs/ops.ts';
import { isRecord } from '../unknown.ts';
import type { Case } from './case.ts';

/** The relative part of the tolerance: the numbers are written in single precision, whatever `atol` says. */
const relative = 1e-6;

/** Whether an entry of a list is a case taken from TensorFlow.js: it has a source or a tolerance of its own. */
export function isTfjs(entry: unknown): boolean {
  return isRecord(entry) && 'op' in entry && !('opset' in entry) && ('atol' in entry || 'source' in entry);
}

/** A case taken from TensorFlow.js' own tests. */
export function tfjsCase(written: Readonly<Record<string, unknown>>): Case {
  const op = String(written.op);
  return {
    op,
    name: String(written.name ?? 'unnamed'),
    isQuirk: false,
    run: () => {
      if (!Object.hasOwn(tfjsOps, op)) throw new Unsupported('not built yet');
      const { attributes = {}, layout, objective, atol = 1e-3, dy } = written;
      if (!isRecord(attributes)) throw new MalformedCase('attributes is not an object');
      if (typeof atol !== 'number') throw new MalformedCase('atol is not a number');
      const outputs = byName(written.outputs, 'outputs');
      const only = Object.keys(outputs)[0] ?? 'y';
      checkNumeric(
        {
          inputs: byName(written.inputs, 'inputs'),
          attributes: {
            ...attributes,
            ...(layout === undefined ? {} : { layout }),
            ...(objective === undefined ? {} : { objective }),
          },
          outputs,
          cotangents: dy === undefined ? {} : { [only]: readTensor(dy, 'dy') },
          grads: written.grads === undefined ? undefined : byName(written.grads, 'grads'),
          second: undefined,
          tolerances: [['float32', { relative, absolute: atol }]],
        },
        underName(only, tfjsOps[op]),
      );
    },
  };
}

/** The op with its output under the name that the case has for it, where there is just one. */
function underName(name: string, op: NumericOp): NumericOp {
  return (inputs) => {
    const outputs = op(inputs);
    const [first, ...others] = Object.values(outputs);
    return others.length === 0 ? { [name]: first } : outputs;
  };
}

function byName(list: unknown, what: string): Readonly<Record<string, StoredTensor>> {
  if (list === undefined) return {};
  if (!Array.isArray(list)) throw new MalformedCase(`${what} is not a list`);
  return Object.fromEntries(
    list.map((entry: unknown, index) => {
      if (!isRecord(entry) || typeof entry.name !== 'string') throw new MalformedCase(`${what}[${index}] has no name`);
      return [entry.name, readTensor(entry, entry.name)];
    }),
  );
}
