/*
 * What the library says, as a teacher puts it, in the languages of the page. The library's own words are English, and name
 * functions and options that the page does not show.
 */

/** A sentence or two in both languages. */
export interface Explained {
  readonly en: string;
  readonly zh: string;
}

/** A message that is known by its form; the parts in brackets of the pattern are handed to the sentences. */
interface Known {
  readonly pattern: RegExp;
  readonly en: (...parts: string[]) => string;
  readonly zh: (...parts: string[]) => string;
}

/** The most particular first. */
const byForm: readonly Known[] = [
  {
    pattern: /groups is (\d+), with (\d+) input and (\d+) output channels.*divides both: ([\d, ]+)/,
    en: (groups, inputs, outputs, divisors) =>
      `${groups} groups do not fit: the number of groups must divide both ${inputs} input and ${outputs} output channels. Choose ${divisors}.`,
    zh: (groups, inputs, outputs, divisors) =>
      `分组数 ${groups} 不合适：它必须同时整除 ${inputs} 个输入通道和 ${outputs} 个输出通道。可选 ${divisors}。`,
  },
  {
    pattern: /(\d+) with padding (\d+) \+ (\d+) under a window of (\d+)/,
    en: (length, before, after, window) =>
      `The kernel covers ${window} pixels, and the input with its padding has only ${Number(length) + Number(before) + Number(after)}. Choose a smaller kernel or dilation, a larger input, or more padding.`,
    zh: (length, before, after, window) =>
      `卷积核覆盖 ${window} 个像素，而输入加上填充只有 ${Number(length) + Number(before) + Number(after)} 个。请减小卷积核或膨胀率，增大输入，或增加填充。`,
  },
  {
    pattern: /outputPadding is (\d+), with stride (\d+) and dilation (\d+)/,
    en: (padding, stride, dilation) =>
      `The output padding of ${padding} must be smaller than the stride (${stride}) or the dilation (${dilation}).`,
    zh: (padding, stride, dilation) => `输出填充 ${padding} 必须小于步幅（${stride}）或膨胀率（${dilation}）。`,
  },
  {
    pattern: /(?:the loss is (NaN|-?Infinity)|holds NaN or infinity); the first step with NaN or infinity is (%\d+)/,
    en: (loss) =>
      `The loss is ${loss || 'NaN or infinite'}: a number on the way to it left the range of its type. There is no finite gradient to follow.`,
    zh: (loss) => `损失为 ${loss || 'NaN 或无穷大'}：计算途中有一个数超出了数据类型的范围，因此没有可用的有限梯度。`,
  },
  {
    pattern: /row (\d+) of the target (?:sums to ([\d.]*\d)|holds (-[\d.]*\d))/,
    en: (row, sum, negative) =>
      `The target of row ${row} is no distribution: it ${sum ? `sums to ${sum} instead of 1` : `holds ${negative}, and probabilities are at least 0`}. The gradient is then (Σ t)·p − t instead of p − t.`,
    zh: (row, sum, negative) =>
      `第 ${row} 行的目标不是概率分布：${sum ? `其和为 ${sum}，而不是 1` : `其中有 ${negative}，而概率不能小于 0`}。此时梯度为 (Σ t)·p − t，而不是 p − t。`,
  },
  {
    pattern: /all (\d+) targets are (-?\d+), the index to ignore/,
    en: (count, index) =>
      `All ${count} labels are ${index}, which means “ignore this row”: the mean of no losses is 0/0, NaN.`,
    zh: (count, index) => `全部 ${count} 个标签都是 ${index}，表示忽略该行：没有损失可供平均，结果是 0/0，即 NaN。`,
  },
  {
    pattern:
      /after (\d+) steps the mean loss of the last \d+ is ([\d.]+), that of guessing among (\d+) classes is ([\d.]*\d)/,
    en: (steps, loss, classes, chance) =>
      `After ${steps} steps the loss is ${loss}, no better than guessing among ${classes} classes (${chance}).`,
    zh: (steps, loss, classes, chance) =>
      `${steps} 步之后损失为 ${loss}，与在 ${classes} 个类别中随机猜测（${chance}）相差无几。`,
  },
  {
    pattern: /target\[(\d+)\] is (-?[\d.]+), with (\d+) classes/,
    en: (row, label, classes) =>
      `Label ${row} is ${label}, and there are ${classes} classes: labels are whole numbers from 0 to ${Number(classes) - 1}.`,
    zh: (row, label, classes) =>
      `第 ${row} 个标签是 ${label}，而类别共有 ${classes} 个：标签应为 0 到 ${Number(classes) - 1} 的整数。`,
  },
  {
    pattern: /weight is \[(\d*)\], with (\d+) classes/,
    en: (count, classes) => `There are ${count || 'no'} weights for ${classes} classes: each class needs one.`,
    zh: (count, classes) => `有 ${classes} 个类别，却给了 ${count || 0} 个权重：每个类别需要一个。`,
  },
  {
    pattern: /prediction is (\[[\d, ]*\]), target is (\[[\d, ]*\])/,
    en: (prediction, target) =>
      `The prediction has the shape ${prediction} and the target ${target}. The loss wants one shape for both, so that each prediction is compared with its own target.`,
    zh: (prediction, target) =>
      `预测的形状是 ${prediction}，目标的形状是 ${target}。损失函数要求两者形状相同，使每个预测只与自己的目标比较。`,
  },
  {
    pattern: /^loadWeights: /,
    en: () => 'These weights are of another net: their names or shapes do not fit.',
    zh: () => '这些权重属于另一个网络：名称或形状不匹配。',
  },
  {
    pattern: /files: .*; wanted also (.+?)\. /,
    en: (missing) => `Some of the four files are missing: ${missing}. Choose all four at once.`,
    zh: (missing) => `四个文件不齐，还缺少：${missing}。请一次选择全部四个文件。`,
  },
  {
    pattern: /\(a web page\?\)/,
    en: () => 'One of the files is a web page and not an IDX file: the download went wrong.',
    zh: () => '其中一个文件是网页，而不是 IDX 文件：下载时出了错。',
  },
  {
    pattern: /memory cannot be shared here/,
    en: () =>
      'One thread computes: browsers share memory between threads only on a page that is served with the headers of cross-origin isolation.',
    zh: () => '仅用一个线程计算：只有带跨源隔离响应头的页面，浏览器才允许线程之间共享内存。',
  },
  {
    pattern: /(\d+) of (\d+) threads compute/,
    en: (threads, wanted) => `${threads} threads compute instead of ${wanted}: the machine has no more cores.`,
    zh: (threads, wanted) => `使用 ${threads} 个线程而非 ${wanted} 个：本机没有更多核心。`,
  },
];

/** By the code of an error or a warning, which stays the same across versions. */
const byCode: Readonly<Record<string, Explained>> = {
  PROBABILITIES_AS_LOGITS: {
    en: 'These logits are at least 0 and sum to 1: they look like probabilities. The loss applies a softmax of its own, so there would be two.',
    zh: '这些 logit 都不小于 0，且和为 1，看起来像概率。损失函数自带 softmax，这样就会做两次。',
  },
  LOGITS_AND_TARGET_EXCHANGED: {
    en: 'Logits and target seem to be exchanged: the logits are probabilities, and the target is not.',
    zh: 'logit 与目标似乎颠倒了：logit 是概率，而目标不是。',
  },
  SHAPE: { en: 'Two shapes do not fit together.', zh: '两个形状不匹配。' },
  VALUE: { en: 'A number lies outside the range that is allowed for it.', zh: '有一个数超出了允许的范围。' },
  DATA_TYPE: { en: 'The numbers are of different types, or are no numbers.', zh: '数据类型不一致，或者不是数值。' },
  NON_FINITE: { en: 'A number has become NaN or infinite.', zh: '有一个数变成了 NaN 或无穷大。' },
  OUT_OF_MEMORY: { en: 'There is not enough memory for this.', zh: '内存不足。' },
  IDX: { en: 'One of the files is no whole IDX file.', zh: '其中一个文件不是完整的 IDX 文件。' },
  GZIP: { en: 'One of the gzip files is damaged or too large.', zh: '其中一个 gzip 文件已损坏或过大。' },
  SAFETENSORS: { en: 'This is no whole safetensors file.', zh: '这不是完整的 safetensors 文件。' },
};

const unknown: Explained = { en: 'The library refuses this.', zh: '库拒绝了这一操作。' };

/** What a message of the library means: by its form where that is known, else by its code. */
export function explained(code: string | undefined, text: string): Explained {
  for (const { pattern, en, zh } of byForm) {
    const found = pattern.exec(text);
    if (found) return { en: en(...found.slice(1)), zh: zh(...found.slice(1)) };
  }
  return (code !== undefined && Object.hasOwn(byCode, code) && byCode[code]) || unknown;
}
