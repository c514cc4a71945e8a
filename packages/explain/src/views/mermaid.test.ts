import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { descriptions } from '../../test/arbitrary.ts';
import { described, TinyNet, usedTwice } from '../../test/tapes.ts';
import { stepCard } from '../notation/card.ts';
import { onOneLine } from '../notation/lines.ts';
import { toMermaid } from './mermaid.ts';

test('a value used twice, and one that is broadcast', () => {
  expect(`\n${toMermaid(described(usedTwice))}`).toMatchInlineSnapshot(`
    "
    flowchart TD
      s0("%0 watched x<br>[2, 2] float64<br>value [[1, 2], [3, 4]]<br>cotangent [[2.5, 13], [26.5, 49]]")
      s1("%1 watched b<br>[2] float64<br>value [0.5, -1]<br>cotangent [-4, -6]")
      s2["%2 multiply<br>[2, 2] float64<br>value [[1, 4], [9, 16]]<br>cotangent [[1, 2], [3, 4]]"]
      s3["%3 subtract<br>[2, 2] float64<br>value [[0.5, 5], [8.5, 17]]<br>cotangent [[1, 2], [3, 4]]"]
      s4["%4 multiply<br>[2, 2] float64<br>value [[0.5, 10], [25.5, 68]]<br>cotangent [[1, 1], [1, 1]]"]
      s5["%5 sum<br>[] float64<br>axes=[0,1] keepDims=false<br>value 104<br>cotangent 1"]
      s0 <-->|"x<br>↑ [[1, 4], [9, 16]]"| s2
      s0 <-->|"y<br>↑ [[1, 4], [9, 16]]"| s2
      s2 <-->|"x<br>↑ [[1, 2], [3, 4]]"| s3
      s1 <-->|"y<br>↑ [-4, -6]"| s3
      s3 <-->|"x<br>↑ [[1, 2], [3, 4]]"| s4
      s0 <-->|"y<br>↑ [[0.5, 5], [8.5, 17]]"| s4
      s4 <-->|"x<br>↑ [[1, 1], [1, 1]]"| s5
    "
  `);
});

test('layers are frames', () => {
  expect(`\n${toMermaid(described((tape) => new TinyNet().loss(tape)))}`).toMatchInlineSnapshot(`
    "
    flowchart TD
      subgraph layer0["conv"]
        s1("%1 parameter conv.weight<br>[2, 1, 3, 3] float32<br>value [[[[-0.81686, 0.77639, …], …]], …]<br>18 numbers, -0.81686 to 0.90017<br>cotangent [[[[-0.14665, …], …]], …]<br>18 numbers, -0.96198 to 0.84849")
        s2["%2 conv2d<br>[2, 2, 4, 4] float32<br>stride=1 padding=#34;same#34; dilation=1 groups=1<br>value [[[[-0.12868, …], …], …], …]<br>64 numbers, -1.523 to 1.514<br>cotangent [[[[0, 0, 0, 0], …], …], …]<br>64 numbers, -0.65138 to 0.77024"]
      end
      subgraph layer1["pool"]
        s3["%3 relu<br>[2, 2, 4, 4] float32<br>value [[[[0, 0, 0, 0], …], …], …]<br>64 numbers, 0 to 1.514<br>cotangent [[[[0, 0, 0, 0], …], …], …]<br>64 numbers, -0.65138 to 0.77024"]
        s4["%4 maxPool2d<br>[2, 2, 2, 2] float32<br>kernelSize=2<br>value [[[[0.34612, 0.6944], …], …], …]<br>16 numbers, 0.1522 to 1.514<br>cotangent [[[[-0.60543, …], …], …], …]<br>16 numbers, -0.65138 to 0.77024"]
      end
      subgraph layer2["dense"]
        s5["%5 reshape<br>[2, 8] float32<br>shape=[2,8]<br>value [[0.34612, 0.6944, 0.94137, …], …]<br>16 numbers, 0.1522 to 1.514<br>cotangent [[-0.60543, -0.021982, …], …]<br>16 numbers, -0.65138 to 0.77024"]
        s6("%6 parameter dense.weight<br>[3, 8] float32<br>value [[0.97419, -0.3891, …], …]<br>24 numbers, -0.93237 to 0.9796<br>cotangent [[-0.061159, -0.26908, …], …]<br>24 numbers, -0.41527 to 0.37357")
        s7("%7 parameter dense.bias<br>[3] float32<br>value [-0.1201, -0.088473, 0.028999]<br>cotangent [-0.39094, 0.034768, 0.35617]")
        s8["%8 linear<br>[2, 3] float32<br>value [[-1.3224, -1.6463, 1.0716], …]<br>6 numbers, -2.856 to 1.3621<br>cotangent [[-0.46057, 0.028522, 0.43205], …]<br>6 numbers, -0.46057 to 0.43205"]
      end
      s0("%0 constant images<br>[2, 1, 4, 4] float32<br>value [[[[0.53664, 0.43176, …], …]], …]<br>32 numbers, -0.90983 to 0.93694")
      s9("%9 constant<br>[2, 3] float32<br>value [[1, 0, 0], [0, 0, 1]]")
      s10["%10 softmaxCrossEntropy<br>[2] float32<br>axis=1<br>value [2.5401, 0.16459]<br>cotangent [0.5, 0.5]"]
      s11["%11 sum<br>[] float32<br>axes=[0] keepDims=false<br>value 2.7046<br>cotangent 0.5"]
      s12("%12 constant<br>[] float32<br>value 2")
      s13["%13 divide<br>[] float32<br>value 1.3523<br>cotangent 1"]
      s0 -->|"x"| s2
      s1 <-->|"weight<br>↑ -0.96198 to 0.84849"| s2
      s2 <-->|"x<br>↑ -0.65138 to 0.77024"| s3
      s3 <-->|"x<br>↑ -0.65138 to 0.77024"| s4
      s4 <-->|"x<br>↑ -0.65138 to 0.77024"| s5
      s5 <-->|"x<br>↑ -0.65138 to 0.77024"| s8
      s6 <-->|"weight<br>↑ -0.41527 to 0.37357"| s8
      s7 <-->|"bias<br>↑ -0.39094 to 0.35617"| s8
      s8 <-->|"logits<br>↑ -0.46057 to 0.43205"| s10
      s9 -->|"target"| s10
      s10 <-->|"x<br>↑ [0.5, 0.5]"| s11
      s11 <-->|"x<br>↑ 0.5"| s13
      s12 -->|"y"| s13
    "
  `);
});

test('to the right', () => {
  const text = toMermaid(described(usedTwice), { direction: 'right' });
  expect(text).toMatch(/^flowchart LR\n/);
  expect(text).toContain('← [-4, -6]');
});

const string = '"([^"\\n]+)"';
const statements = {
  leaf: new RegExp(`^ +(s\\d+)\\(${string}\\)$`),
  node: new RegExp(`^ +(s\\d+)\\[${string}\\]$`),
  arrow: new RegExp(`^ {2}(s\\d+) (-->|<-->)\\|${string}\\| (s\\d+)$`),
  frame: new RegExp(`^ {2}subgraph layer\\d+\\[${string}\\]$`),
  end: /^ {2}end$/,
};

/** What Mermaid shows for a string: entities undone, one line each. */
const shown = (text: string): string[] =>
  text.split('<br>').map((line) => line.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))));

test('any tape: each line is a statement, and every step, input and cotangent is there', () => {
  fc.assert(
    fc.property(descriptions(), (description) => {
      const { steps } = description;
      const [head, ...lines] = toMermaid(description).trimEnd().split('\n');
      expect(head).toBe('flowchart TD');
      const nodes = new Map<string, string[]>();
      const arrows: unknown[] = [];
      let depth = 0;
      for (const line of lines) {
        const node = line.match(statements.leaf) ?? line.match(statements.node);
        const arrow = line.match(statements.arrow);
        if (node) nodes.set(node[1], shown(node[2]));
        else if (arrow) arrows.push([arrow[1], arrow[4], arrow[2], shown(arrow[3])[0].trim()]);
        else if (statements.frame.test(line)) depth++;
        else if (statements.end.test(line)) depth--;
        else expect.fail(`no statement: ${line}`);
        // What Mermaid looks for in a text before it reads it: directives, comments, and styles before an entity.
        const inQuotes = (line.match(/"(.*)"/)?.[1] ?? '').replaceAll('<br>', '');
        expect(inQuotes).not.toMatch(/%%|%\{|[{}<>&'`|"*_]|style.*:\S*#.*;/);
      }
      expect(depth).toBe(0);
      const squeezed = (text: string): string => text.trim().replace(/ +/g, ' ');
      for (const step of steps) {
        expect(nodes.get(`s${step.index}`)).toEqual(stepCard(step).map(({ text }) => squeezed(text)));
      }
      expect(nodes.size).toBe(steps.length);
      expect(arrows).toEqual(
        steps.flatMap(({ index, inputs, passed }) =>
          Object.entries(inputs).map(([input, from]) => [
            `s${from}`,
            `s${index}`,
            passed.some((part) => part.input === input) ? '<-->' : '-->',
            onOneLine(input).trim(),
          ]),
        ),
      );
    }),
  );
});
