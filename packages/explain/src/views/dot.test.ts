import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { descriptions } from '../../test/arbitrary.ts';
import { readDot, shownByGraphviz } from '../../test/dot.ts';
import { described, TinyNet, usedTwice } from '../../test/tapes.ts';
import { stepCard } from '../notation/card.ts';
import { onOneLine } from '../notation/lines.ts';
import { stepsByLayer } from '../notation/step.ts';
import { toDot } from './dot.ts';

test('a value used twice, and one that is broadcast', () => {
  expect(`\n${toDot(described(usedTwice))}`).toMatchInlineSnapshot(`
    "
    digraph tape {
      graph [rankdir=TB, fontname="monospace", style=rounded, color=gray];
      node [shape=box, fontname="monospace", fontsize=10];
      edge [fontname="monospace", fontsize=9];
      s0 [label="%0 watched x\\l[2, 2] float64\\lvalue     [[1, 2], [3, 4]]\\lcotangent [[2.5, 13], [26.5, 49]]\\l", style=rounded];
      s1 [label="%1 watched b\\l[2] float64\\lvalue     [0.5, -1]\\lcotangent [-4, -6]\\l", style=rounded];
      s2 [label="%2 multiply\\l[2, 2] float64\\lvalue     [[1, 4], [9, 16]]\\lcotangent [[1, 2], [3, 4]]\\l"];
      s3 [label="%3 subtract\\l[2, 2] float64\\lvalue     [[0.5, 5], [8.5, 17]]\\lcotangent [[1, 2], [3, 4]]\\l"];
      s4 [label="%4 multiply\\l[2, 2] float64\\lvalue     [[0.5, 10], [25.5, 68]]\\lcotangent [[1, 1], [1, 1]]\\l"];
      s5 [label="%5 sum\\l[] float64\\laxes=[0,1] keepDims=false\\lvalue     104\\lcotangent 1\\l"];
      s0 -> s2 [label="x", color="#0072B2"];
      s0 -> s2 [label="y", color="#0072B2"];
      s2 -> s3 [label="x", color="#0072B2"];
      s1 -> s3 [label="y", color="#0072B2"];
      s3 -> s4 [label="x", color="#0072B2"];
      s0 -> s4 [label="y", color="#0072B2"];
      s4 -> s5 [label="x", color="#0072B2"];
      s0 -> s2 [label="∂ x\\n[[1, 4], [9, 16]]", dir=back, style=dashed, color="#D55E00", fontcolor="#D55E00"];
      s0 -> s2 [label="∂ y\\n[[1, 4], [9, 16]]", dir=back, style=dashed, color="#D55E00", fontcolor="#D55E00"];
      s2 -> s3 [label="∂ x\\n[[1, 2], [3, 4]]", dir=back, style=dashed, color="#D55E00", fontcolor="#D55E00"];
      s1 -> s3 [label="∂ y\\n[-4, -6]", dir=back, style=dashed, color="#D55E00", fontcolor="#D55E00"];
      s3 -> s4 [label="∂ x\\n[[1, 2], [3, 4]]", dir=back, style=dashed, color="#D55E00", fontcolor="#D55E00"];
      s0 -> s4 [label="∂ y\\n[[0.5, 5], [8.5, 17]]", dir=back, style=dashed, color="#D55E00", fontcolor="#D55E00"];
      s4 -> s5 [label="∂ x\\n[[1, 1], [1, 1]]", dir=back, style=dashed, color="#D55E00", fontcolor="#D55E00"];
    }
    "
  `);
});

test('layers are clusters', () => {
  const { clusters } = readDot(toDot(described((tape) => new TinyNet().loss(tape))));
  expect(clusters).toEqual([
    { label: '"conv"', nodes: ['s1', 's2'] },
    { label: '"pool"', nodes: ['s3', 's4'] },
    { label: '"dense"', nodes: ['s5', 's6', 's7', 's8'] },
  ]);
});

test('to the right', () => {
  expect(toDot(described(usedTwice), { direction: 'right' })).toContain('rankdir=LR');
});

test('signs that mean something to DOT', () => {
  const [step] = described(usedTwice).steps;
  const text = toDot({ steps: [{ ...step, name: '"\\N\\l&lt;\n', layer: '}"' }], output: null });
  expect(text).toContain('label="%0 watched \\"\\\\N\\\\l&amp;lt;\\\\u{a}\\l');
  expect(text).toContain('label="}\\"";');
});

test('any tape: valid, and every step, input and cotangent is there', () => {
  fc.assert(
    fc.property(descriptions(), (description) => {
      const { steps } = description;
      const { nodes, edges, clusters } = readDot(toDot(description));
      expect([...nodes.keys()].sort()).toEqual(steps.map(({ index }) => `s${index}`).sort());
      for (const step of steps) {
        expect(shownByGraphviz(nodes.get(`s${step.index}`)?.label ?? '')).toEqual(
          stepCard(step).map(({ text }) => text),
        );
      }
      const there = edges.filter(({ attributes }) => attributes.dir === undefined);
      const back = edges.filter(({ attributes }) => attributes.dir === 'back');
      expect(there.map(({ from, to, attributes }) => [from, to, shownByGraphviz(attributes.label)])).toEqual(
        steps.flatMap(({ index, inputs }) =>
          Object.entries(inputs).map(([input, from]) => [`s${from}`, `s${index}`, input ? [onOneLine(input)] : []]),
        ),
      );
      expect(back.map(({ from, to, attributes }) => [from, to, shownByGraphviz(attributes.label)[0]])).toEqual(
        steps.flatMap(({ index, passed }) =>
          passed.map(({ input, to }) => [`s${to}`, `s${index}`, onOneLine(`∂ ${input}`)]),
        ),
      );
      expect(clusters.length).toBe(stepsByLayer(steps).size);
    }),
  );
});
