import { add, detach, exp, multiply, square, subtract, sum, Tape, type Tensor } from '@tapegrad/core';
import { gradientOf, numbers } from './library.ts';
import type { Chapter, Numbers, Piece, Table } from './model.ts';
import { both, knob, slip } from './words.ts';

interface Row {
  readonly label: string;
  readonly value: number;
  /** What has arrived so far on the way back. */
  cotangent?: number;
}

/** The steps of a tape that leads to one number, after so many steps of the way back. */
function rowsOfTape(program: (tape: Tape) => Tensor, walked: number): Row[] {
  const tape = new Tape();
  try {
    const output = program(tape);
    const rows: Row[] = tape.steps.map(({ index, operation, name, inputs, output }) => ({
      label: `%${index} ${
        name ??
        `${operation}(${Object.values(inputs)
          .map((input) => `%${input}`)
          .join(', ')})`
      }`,
      value: output.item(),
    }));
    rows[rows.length - 1].cotangent = 1;
    const back = tape.stepBackward(output);
    for (let taken = 0; taken < walked; taken++) {
      const { value, done } = back.next();
      if (done) break;
      for (const [input, passed] of Object.entries(value.passed)) {
        const row = rows[value.step.inputs[input]];
        row.cotangent = (row.cotangent ?? 0) + passed.item();
      }
    }
    return rows;
  } finally {
    tape.release();
  }
}

const tableOf = (programOf: (at: Numbers) => (tape: Tape) => Tensor): Table => ({
  kind: 'table',
  title: both(
    'The tape: a row for each step, and the cotangents that have arrived so far',
    '计算记录：每步一行，以及目前已到达的上游梯度',
  ),
  columns: [both('step', '步骤'), both('value', '值'), both('cotangent', '上游梯度')],
  rows: (at) =>
    rowsOfTape(programOf(at), at.k).map(({ label, value, cotangent }) => ({ label, cells: [value, cotangent] })),
});

const walkedKnob = (to: number) => knob(both('steps walked back', '已反向走过的步数'), 0, to, 1, 0);

/** L = (w·x + b − t)². */
const squaredError =
  ({ w, x, b, t }: Numbers) =>
  (tape: Tape): Tensor => {
    const leaf = (value: number, name: string): Tensor => tape.watch(numbers([value]), name);
    const [weight, input, bias] = [leaf(w, 'w'), leaf(x, 'x'), leaf(b, 'b')];
    const target = tape.constant(numbers([t]), 't');
    return sum(square(subtract(add(multiply(weight, input), bias), target)));
  };

const program: Piece = {
  title: both('A loss, written down and walked back', '一个损失：记录下来，再反向走一遍'),
  knobs: {
    w: knob('w', -3, 3, 0.5, 2),
    x: knob('x', -3, 3, 0.5, 1.5),
    b: knob('b', -3, 3, 0.5, -1),
    t: knob('t', -3, 3, 0.5, 1),
    k: walkedKnob(5),
  },
  compute: (at) => {
    const rows = rowsOfTape(squaredError(at), 99);
    const [byW, byX, byB] = rows.map(({ cotangent }) => cotangent ?? 0);
    return { loss: rows[rows.length - 1].value, byW, byX, byB, steps: rows.length };
  },
  results: [
    { label: 'L', of: 'loss', tone: 'value' },
    { label: both('at the end of the walk: ∂L/∂w', '走完之后：∂L/∂w'), of: 'byW', tone: 'gradient' },
    { label: '∂L/∂x', of: 'byX', tone: 'gradient' },
    { label: '∂L/∂b', of: 'byB', tone: 'gradient' },
  ],
  pictures: [tableOf(squaredError)],
};

const timesItsPower = (x: Tensor): Tensor => sum(multiply(x, exp(x)));

const usedTwice =
  ({ x }: Numbers) =>
  (tape: Tape): Tensor =>
    timesItsPower(tape.watch(numbers([x]), 'x'));

const twice: Piece = {
  title: both('y = x·eˣ: x is used by two steps', 'y = x·eˣ：x 被两个步骤使用'),
  knobs: { x: knob('x', -3, 2, 0.1, 1), k: walkedKnob(3) },
  compute: ({ x }) => ({
    first: gradientOf([x], (u) => sum(multiply(u, exp(numbers([x])))))[0],
    second: gradientOf([x], (u) => sum(multiply(numbers([x]), exp(u))))[0],
    total: gradientOf([x], timesItsPower)[0],
  }),
  results: [{ label: '∂y/∂x', of: 'total', tone: 'gradient' }],
  pictures: [tableOf(usedTwice)],
};

/** Walks back twice, then once so that the walk is written down, and differentiates that. */
export function walkAgain(x: number, f: (x: Tensor) => Tensor) {
  const tape = new Tape();
  try {
    const input = tape.watch(numbers([x]));
    const y = f(input);
    const before = tape.steps.length;
    const first = tape.gradients(y).get(input).item();
    const second = tape.gradients(y).get(input).item();
    const between = tape.steps.length;
    const slope = tape.gradients(y, { differentiable: true }).get(input);
    const after = tape.steps.length;
    const curvature = tape.gradients(sum(slope)).get(input).item();
    return { y: y.item(), first, second, curvature, before, between, after };
  } finally {
    tape.release();
  }
}

const again: Piece = {
  title: both('Walked once, again, and written down', '走一遍、再走一遍、边走边记录'),
  knobs: { x: knob('x', -4, 1, 0.1, 0.5) },
  compute: ({ x }) => walkAgain(x, timesItsPower),
  results: [
    { label: both('first walk', '第一遍'), of: 'first', tone: 'gradient' },
    { label: both('second walk', '第二遍'), of: 'second', tone: 'gradient' },
    { label: both('second derivative', '二阶导数'), of: 'curvature', tone: 'third' },
    { label: both('steps on the tape', '记录中的步数'), of: 'between', tone: 'value' },
    { label: both('after a recorded walk', '记录反向过程之后'), of: 'after', tone: 'value' },
  ],
  pictures: [
    {
      kind: 'curves',
      title: both('y = x·eˣ, its slope, and the slope of that', 'y = x·eˣ、它的斜率、斜率的斜率'),
      x: { label: 'x', knob: 'x' },
      y: [-1, 5],
      lines: [
        { label: 'y', tone: 'value', values: (xs) => xs.map((x) => multiply(numbers([x]), exp(numbers([x]))).item()) },
        { label: 'y′', tone: 'gradient', values: (xs) => gradientOf(xs, timesItsPower) },
        { label: 'y″', tone: 'third', values: (xs) => xs.map((x) => walkAgain(x, timesItsPower).curvature) },
      ],
    },
  ],
};

/** x·x, of which the second factor has been taken off the tape. */
const halfDetached = (x: Tensor): Tensor => sum(multiply(x, detach(x)));

const slips: Piece = {
  title: both('A value that has left the tape', '离开了计算记录的值'),
  knobs: { x: knob('x', -3, 3, 0.1, 1.5) },
  compute: ({ x }) => ({
    right: gradientOf([x], (u) => sum(square(u)))[0],
    detached: gradientOf([x], halfDetached)[0],
    number: gradientOf([x], (u) => sum(multiply(u, u.item())))[0],
  }),
  results: [
    { label: both('slope of x·x', 'x·x 的斜率'), of: 'right', tone: 'gradient' },
    { label: both('with detach(x) as one factor', '其中一个因子用 detach(x)'), of: 'detached', tone: 'third' },
    { label: both('with x.item() as one factor', '其中一个因子用 x.item()'), of: 'number', tone: 'third' },
  ],
  pictures: [],
};

const cube = (x: Tensor): Tensor => sum(multiply(multiply(x, x), x));

export const tape: Chapter = {
  name: 'tape',
  pieces: { program, twice, again, slips },
  facts: [],
  exercises: [
    {
      name: 'tape/cube',
      task: both(
        'y = x·x·x, written with two products, x = 2. What is ∂y/∂x?',
        'y = x·x·x，用两次乘法写成，x = 2。∂y/∂x 是多少？',
      ),
      answer: { kind: 'number', right: () => gradientOf([2], cube)[0], tolerance: 0.001 },
      hints: [both('x is used three times. What does each use send back?', 'x 被使用三次。每次使用传回多少？')],
      solution: both(
        'Each use sends back the product of the other two, 4; three of them are 12 = 3x².',
        '每次使用传回另外两个的乘积 4；三份合起来是 12 = 3x²。',
      ),
      slips: [
        slip(() => 4, 'That is one use. There are three, and they are added.', '这是一次使用。共有三次，要相加。'),
        slip(() => 8, 'That is y itself.', '这是 y 本身。'),
        slip(() => 64, 'The uses are added, not multiplied.', '各次使用是相加，而不是相乘。'),
      ],
    },
    {
      name: 'tape/power',
      task: both('What is the derivative of x·eˣ at x = 0?', 'x·eˣ 在 x = 0 处的导数是多少？'),
      answer: { kind: 'number', right: () => gradientOf([0], timesItsPower)[0], tolerance: 0.001 },
      hints: [both('eˣ from the product, x·eˣ through the power.', '来自乘积的是 eˣ，经过指数的是 x·eˣ。')],
      solution: both('1 + 0·1 = 1.', '1 + 0·1 = 1。'),
      slips: [
        slip(() => 0, 'That is y, or the way through the power alone.', '这是 y，或者只算了经过指数的那一路。'),
        slip(() => 2, 'The way through the power is x·eˣ, which is 0 here.', '经过指数的那一路是 x·eˣ，在这里是 0。'),
      ],
    },
    {
      name: 'tape/walks',
      task: both(
        'A net has 1000 weights and one loss. How many walks back give all 1000 derivatives?',
        '一个网络有 1000 个权重和一个损失。要得到全部 1000 个导数，需要反向走几遍？',
      ),
      answer: {
        kind: 'number',
        right: () => {
          const weights = new Array<number>(1000).fill(1);
          return gradientOf(weights, (w) => sum(square(w))).length / weights.length;
        },
        tolerance: 0.001,
      },
      hints: [both('What does a walk begin with: a weight, or the loss?', '反向从哪里开始：从权重，还是从损失？')],
      solution: both(
        '1. A walk begins at one output and meets all inputs. Trying each weight in turn would need 1001 runs forward.',
        '1。一遍反向从一个输出出发，到达所有输入。若逐个试探每个权重，则需要 1001 次前向计算。',
      ),
      slips: [
        slip(() => 1000, 'That would be forward mode: one walk for each input.', '那是前向模式：每个输入走一遍。'),
        slip(
          () => 1001,
          'That is for differences: the loss once as it is, and once for each weight.',
          '那是用差分：原来的损失算一次，每个权重再各算一次。',
        ),
      ],
    },
    {
      name: 'tape/second-walk',
      task: both(
        'In tapegrad a walk gives ∂L/∂w = 6. Nothing is changed, and the same tape is walked again. What does it give?',
        '在 tapegrad 中，反向走一遍得到 ∂L/∂w = 6。什么都不改变，对同一份记录再走一遍。得到多少？',
      ),
      answer: { kind: 'number', right: () => walkAgain(3, (x) => sum(square(x))).second, tolerance: 0.001 },
      hints: [
        both('Gradients are a result here, not a field of the weight.', '这里梯度是返回的结果，而不是权重的一个字段。'),
      ],
      solution: both(
        '6 again. In PyTorch `w.grad` would be 12, unless it is set to 0 between.',
        '仍是 6。在 PyTorch 中，除非中间清零，`w.grad` 会是 12。',
      ),
      slips: [
        slip(
          () => 12,
          'That is what PyTorch’s `.grad` holds after two walks without `zero_grad`.',
          '这是 PyTorch 的 `.grad` 在两遍反向之间没有 `zero_grad` 时的值。',
        ),
        slip(
          () => 0,
          'The tape is kept until its block ends, and can be walked as often as one likes.',
          '记录一直保留到它的代码块结束，可以走任意多遍。',
        ),
      ],
    },
    {
      name: 'tape/curvature',
      task: both('What is the second derivative of x³ at x = 2?', 'x³ 在 x = 2 处的二阶导数是多少？'),
      answer: { kind: 'number', right: () => walkAgain(2, cube).curvature, tolerance: 0.001 },
      hints: [both('The slope is 3x². Differentiate it once more.', '斜率是 3x²。再求一次导。')],
      solution: both(
        '6x = 12. (The first derivative is 12 there as well, by chance.)',
        '6x = 12。（在该处一阶导数恰好也是 12。）',
      ),
      slips: [
        slip(() => 24, 'The slope of 3x² is 6x, not 12x.', '3x² 的斜率是 6x，而不是 12x。'),
        slip(() => 6, 'That is the third derivative.', '这是三阶导数。'),
      ],
    },
    {
      name: 'tape/detached',
      task: both(
        'y = x·detach(x), where detach gives the numbers without the tape. What is ∂y/∂x at x = 3?',
        'y = x·detach(x)，其中 detach 给出不在记录上的数。在 x = 3 处 ∂y/∂x 是多少？',
      ),
      answer: { kind: 'number', right: () => gradientOf([3], halfDetached)[0], tolerance: 0.001 },
      hints: [both('The second factor is a constant 3 for the tape.', '对记录而言，第二个因子是常数 3。')],
      solution: both('3: one of the two uses sends nothing back.', '3：两次使用中有一次什么都不传回。'),
      slips: [
        slip(
          () => 6,
          'That is the slope of x². The detached factor sends nothing back.',
          '这是 x² 的斜率。分离的因子什么都不传回。',
        ),
        slip(() => 0, 'The first factor is still on the tape.', '第一个因子仍在记录上。'),
        slip(() => 9, 'That is y.', '这是 y。'),
      ],
    },
    {
      name: 'tape/order',
      task: both('Why is the tape walked from its end?', '为什么要从末尾开始走？'),
      answer: {
        kind: 'choice',
        options: [
          both(
            'so that a step is reached only after all steps that used its output',
            '这样，走到某一步时，使用其输出的所有步骤都已走过',
          ),
          both('because the last step is the largest', '因为最后一步最大'),
          both('it could be walked in any order', '任何顺序都可以'),
        ],
        right: 0,
      },
      hints: [both('When is the cotangent of a value complete?', '一个值的上游梯度何时才完整？')],
      solution: both(
        'A step hands on its cotangent times its slope. If a later use has not been walked yet, a part of that cotangent is missing, and so is everything it would have led to.',
        '每一步把自己的上游梯度乘以斜率再传出。如果后面的某次使用还没有走过，这个上游梯度就缺了一部分，由它引出的一切也随之缺失。',
      ),
      slips: [
        slip(
          () => 1,
          'Size has no part in it: what counts is which step uses which.',
          '与大小无关：要紧的是哪一步使用哪一步。',
        ),
        slip(
          () => 2,
          'Walk the power of x·eˣ before the product: nothing has arrived there yet, and x·eˣ is lost.',
          '在 x·eˣ 中若先走指数再走乘积：那里还没有梯度到达，x·eˣ 这一份就丢失了。',
        ),
      ],
    },
    {
      name: 'tape/product-formula',
      task: both(
        'y = x·eˣ uses x twice. Write the gradient of y with respect to x as a formula.',
        'y = x·eˣ 两次用到 x。请写出 y 对 x 的梯度公式。',
      ),
      answer: {
        kind: 'formula',
        points: [{ x: -2 }, { x: -0.5 }, { x: 0.7 }, { x: 2 }],
        right: ({ x }) => gradientOf([x as number], (value) => sum(multiply(value, exp(value)))),
        shown: '(1 + x) * exp(x)',
        others: ['exp(x) + x * exp(x)', 'e^x * (x + 1)', 'x*e^x + e^x', 'exp(x)·（1 + x）'],
      },
      hints: [
        both('Each use passes something back, and both parts are added.', '每次使用都会传回一部分，两部分相加。'),
      ],
      solution: both(
        'As a factor x receives eˣ, and through the exponential x·eˣ: together (1 + x)·eˣ.',
        '作为因子，x 得到 eˣ；经过指数，x 得到 x·eˣ：合起来是 (1 + x)·eˣ。',
      ),
      slips: [
        slip(
          () => 'exp(x)',
          'That comes back to the factor x. The x in the exponent receives a part as well.',
          '这是传回因子 x 的部分。指数中的 x 也会得到一部分。',
        ),
        slip(
          () => 'x * exp(x)',
          'That comes back through the exponential. The factor x receives a part as well.',
          '这是经过指数传回的部分。因子 x 也会得到一部分。',
        ),
      ],
    },
  ],
};
