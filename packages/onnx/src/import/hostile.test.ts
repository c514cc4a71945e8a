import { Writer } from 'protobufjs/minimal.js';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../../../core/test/messages.ts';
import { endsWell } from '../../test/budget.ts';
import { changed, node, options, wholes } from '../../test/edits.ts';
import type { NodeProto } from '../format/modelProto.ts';
import { importOnnx } from './importOnnx.ts';

/** A file with these nodes between its input and its output. */
function withNodes(nodes: readonly NodeProto[], output: string): Uint8Array {
  return changed((graph) => {
    graph.node = [...nodes, node('Relu', [output], ['output'])];
  });
}

/** Bytes that repeat one field of a message many times, within the graph of a model. */
function repeatedInGraph(field: readonly number[], times: number): Uint8Array {
  const inner = new Uint8Array(field.length * times);
  for (let at = 0; at < times; at++) inner.set(field, at * field.length);
  return new Writer()
    .uint32(7 * 8 + 2)
    .bytes(inner)
    .finish();
}

describe('a file that would fill the memory, or take for ever', () => {
  const rise = (read: () => unknown): number => {
    const before = process.memoryUsage().rss;
    expect(endsWell(read)).toBe('error');
    return (process.memoryUsage().rss - before) / 2 ** 20;
  };

  test('of values with a million axes, of which constants are worked out', () => {
    const many = wholes('many', [0]);
    many.dims = [1_000_000];
    for (const fold of [
      [node('ConstantOfShape', ['many'], ['c'])],
      [node('Constant', [], ['one'], options({ value_ints: [] })), node('Reshape', ['one', 'many'], ['c'])],
      [node('Constant', [], ['one'], options({ value_int: 1 })), node('Expand', ['one', 'many'], ['c'])],
    ]) {
      const bytes = changed((graph) => {
        graph.initializer = [many];
        graph.node = [...fold, node('Transpose', ['c'], ['t']), node('Add', ['input', 't'], ['output'])];
      });
      expect(rise(() => importOnnx(bytes))).toBeLessThan(200);
    }
    const deep = { ...many, dims: new Array<number>(1000).fill(1) };
    const bytes = changed((graph) => {
      graph.initializer = [deep];
      graph.node = [node('Add', ['input', 'many'], ['output'])];
    });
    expect(() => importOnnx(bytes)).toThrow('the tensor many of 1000 axes; wanted at most 16');
  });

  test('of millions of empty nodes, names and numbers', () => {
    for (const field of [
      [0x0a, 0],
      [0x12, 0],
      [0x2a, 0],
      [0x0a, 2, 0x0a, 0],
      [0x0a, 4, 0x2a, 2, 0x40, 1],
    ]) {
      const bytes = repeatedInGraph(field, 4_000_000);
      expect(rise(() => importOnnx(bytes))).toBeLessThan(500);
    }
    const dims = new Writer()
      .uint32(5 * 8 + 2)
      .fork()
      .uint32(8 + 2)
      .bytes(new Uint8Array(8_000_000))
      .ldelim()
      .finish();
    expect(
      rise(() =>
        importOnnx(
          new Writer()
            .uint32(7 * 8 + 2)
            .bytes(dims)
            .finish(),
        ),
      ),
    ).toBeLessThan(500);
  });

  test('of groups within groups', () => {
    expect(endsWell(() => importOnnx(new Uint8Array(1_000_000).fill(0x0b)))).toBe('error');
  });

  test('of one weight that is named a thousand times', () => {
    const bytes = changed((graph) => {
      const dense = graph.initializer.find(({ name }) => name === 'dense1.weight');
      if (!dense) return;
      dense.dims = [1000, 1000];
      dense.rawData = new Uint8Array(4_000_000);
      graph.input[0].type?.tensorType?.shape?.dim.splice(1, 3, { dimValue: 1000, dimParam: '' });
      graph.node = Array.from({ length: 1000 }, (_, at) =>
        node('MatMul', [at ? `${at - 1}` : 'input', dense.name], [`${at}`]),
      );
      graph.node.push(node('Identity', ['999'], ['output']));
    });
    expect(rise(() => importOnnx(bytes))).toBeLessThan(500);
    expect(messagesOf({ it: () => importOnnx(bytes) }).it).toContain('many times the weights that the file holds');
  });

  test('of lists of lists of shapes', () => {
    const nodes = [node('Shape', ['input'], ['s0'])];
    for (let at = 0; at < 30; at++) nodes.push(node('Concat', [`s${at}`, `s${at}`], [`s${at + 1}`]));
    for (let at = 30; at < 60; at++) nodes.push(node('Gather', [`s${at}`, `s${at}`], [`s${at + 1}`]));
    nodes.push(node('Reshape', ['input', 's60'], ['r']), node('Reshape', ['r', 's30'], ['last']));
    expect(endsWell(() => importOnnx(withNodes(nodes, 'last')))).toBe('error');
    expect(
      endsWell(() =>
        importOnnx(withNodes([...nodes.slice(0, 31), node('Reshape', ['input', 's30'], ['last'])], 'last')),
      ),
    ).toBe('error');
  });

  test('of thousands of nodes that look like a layer, but for the end', () => {
    const nodes: NodeProto[] = [];
    let x = 'input';
    for (let at = 0; at < 450; at++) {
      const name = (part: string) => `${part}${at}`;
      nodes.push(
        node('Mul', [x, x], [name('square')]),
        node('Mul', [x, name('square')], [name('cube')]),
        node('Mul', [name('cube'), 'conv1.bias'], [name('bent')]),
        node('Add', [x, name('bent')], [name('sum')]),
        node('Mul', [name('sum'), 'conv1.bias'], [name('inner')]),
        node('Tanh', [name('inner')], [name('tanh')]),
        node('Add', [name('tanh'), 'conv1.bias'], [name('gate')]),
        node('Mul', [x, name('gate')], [name('product')]),
        node('Mul', [name('product'), 'conv1.bias'], [name('y')]),
      );
      x = name('y');
    }
    expect(nodes.length).toBeLessThan(4096);
    expect(endsWell(() => importOnnx(withNodes(nodes, x)))).toBe('error');
    const twice = Array.from({ length: 4000 }, (_, at) =>
      node('Mul', at ? [`${at - 1}`, `${at - 1}`] : ['input', 'input'], [`${at}`]),
    );
    expect(endsWell(() => importOnnx(withNodes(twice, '3999')))).toBe('value');
  });

  test('of a graph in which everything leads everywhere', () => {
    const all = Array.from({ length: 1300 }, (_, at) => `v${at}`);
    const nodes = [...all.map((name) => node('Relu', ['input'], [name]))];
    for (const side of ['a', 'b']) {
      nodes.push(node('Sum', all, [`${side}0`]));
      for (let at = 0; at < 1300; at++) nodes.push(node('Relu', [`${side}${at}`], [`${side}${at + 1}`]));
    }
    nodes.push(node('Add', ['a1300', 'b1300'], ['last']));
    expect(endsWell(() => importOnnx(withNodes(nodes, 'last')))).toBe('value');
  });

  test('of blocks within blocks', () => {
    const [nodes, depth]: [NodeProto[], number] = [[], 1000];
    for (let at = 0; at < depth; at++) nodes.push(node('Relu', [at ? `r${at - 1}` : 'input'], [`r${at}`]));
    for (let at = depth - 1; at >= 0; at--) {
      nodes.push(node('Add', [at === depth - 1 ? `r${at}` : `a${at + 1}`, at ? `r${at - 1}` : 'input'], [`a${at}`]));
    }
    expect(endsWell(() => importOnnx(withNodes(nodes, 'a0')))).toBe('value');
  });

  test('of a row of four thousand layers, which is long, but a model', () => {
    const nodes = Array.from({ length: 4000 }, (_, at) => node('Relu', [at ? `${at - 1}` : 'input'], [`${at}`]));
    expect(endsWell(() => importOnnx(withNodes(nodes, '3999')))).toBe('value');
  });
});
