import { checkSurplus } from '@tapegrad/core/authors';
import type { ExpressionError, Fault, Wanted } from './expressionError.ts';

/** What of an error is told to a reader: it may have come from another thread, as plain data. */
export type ToldError = Pick<ExpressionError, 'fault' | 'operation' | 'got' | 'wanted' | 'remedy'>;

/** An error in the language of a reader. */
export interface FaultInWords {
  readonly text: string;
  /** What an op says of its operands, which it says in English; `null` where `text` is all. */
  readonly original: string | null;
}

/**
 * An error of an expression in English or Chinese.
 *
 * @param error an ExpressionError, or its fields as they came from another thread
 * @example
 * const fault = { kind: 'tooDeep', most: 50 } as const;
 * faultInWords({ fault, operation: 'expression', got: '', wanted: '', remedy: '' }, 'zh').text // "括号或运算嵌套过深：最多 50 层。请只看其中的一部分。"
 */
export function faultInWords(error: ToldError, language: 'en' | 'zh', ...surplus: []): FaultInWords {
  checkSurplus('faultInWords', surplus);
  const { fault, operation, got, wanted, remedy } = error;
  const said = `${got}; wanted ${wanted}. ${remedy}.`;
  if (language === 'en') {
    // What begins with a name of the reader's stays as it is written.
    const isNamed = /^(unknown|called)/.test(fault.kind);
    const text = isNamed ? said : `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
    return { text: fault.kind === 'operation' ? `${operation}: ${said}` : text, original: null };
  }
  if (fault.kind === 'operation') return { text: `${operation} 不接受这样的操作数。`, original: said };
  return { text: inChinese(fault), original: null };
}

function inChinese(fault: Fault): string {
  switch (fault.kind) {
    case 'empty':
      return '这里还没有表达式。请输入一个，例如 x * exp(x)。';
    case 'sign':
      return `${fault.found === null ? '表达式到此就结束了' : `这里不能是“${fault.found}”`}，应为${wantedInChinese(fault.wanted)}。`;
    case 'unclosed':
      return `括号“${fault.bracket}”没有闭合。请补上对应的右括号。`;
    case 'product':
      return `“${fault.before}”与“${fault.after}”之间缺少运算符。乘法要写星号：${fault.before} * ${fault.after}。`;
    case 'equation':
      return '这里应是表达式，而不是等式。请只写等号右边；比较两个数用 ==，函数的选项写在括号里。';
    case 'tooLong':
      return `表达式有 ${fault.length} 个字符，最多 ${fault.most} 个。请只看其中的一部分。`;
    case 'tooDeep':
      return `括号或运算嵌套过深：最多 ${fault.most} 层。请只看其中的一部分。`;
    case 'tooManySteps':
      return `运算超过 ${fault.most} 个。请只看其中的一部分。`;
    case 'tooManyNumbers':
      return `有一个值含 ${fault.count} 个数，最多 ${fault.most} 个。请用更小的数组。`;
    case 'tooSlow':
      return `计算超过了 ${fault.seconds} 秒。请用更小的数组。`;
    case 'unknownName':
      return `“${fault.name}”还没有值。${fault.nearest === undefined ? `请给 ${fault.name} 一个值。` : `您是否想写 ${fault.nearest}？否则请给它一个值。`}`;
    case 'unknownFunction':
      return `没有名为“${fault.name}”的函数。${fault.nearest === undefined ? '请检查拼写。' : `您是否想写 ${fault.nearest}？`}`;
    case 'bareFunction':
      return `函数 ${fault.name} 后面要有括号：${fault.name}(x)。`;
    case 'calledValue':
      return `“${fault.name}”是一个值，不是函数。乘法要写星号：${fault.name} * (…)。`;
    case 'notNumbers':
      return '这一部分给出的不是数。若函数给出多个结果，请写明取哪一个，例如 topK(x, k=2).values。';
    case 'repeatedOption':
      return `选项 ${fault.name} 出现了两次。请删去一个。`;
    case 'inputBehindOption':
      return `输入要写在选项之前。请把它移到 ${fault.name}= 的前面。`;
    case 'noMember':
      return fault.members.length > 0
        ? `没有“.${fault.name}”，只有 ${fault.members.map((name) => `.${name}`).join('、')}。`
        : `这个值没有“.${fault.name}”。请把它删去。`;
    case 'noItem':
      return '方括号里应是从 0 数起的整数，并且不超过行数。';
    case 'operation':
      return `${fault.operation} 不接受这样的操作数。`;
  }
}

const chineseNames: Readonly<Record<Wanted, string>> = {
  number: '数',
  name: '名称',
  operator: '运算符',
  text: '带引号的文字',
  end: '结尾',
  '(': '“(”',
  ')': '“)”',
  '[': '“[”',
  ']': '“]”',
  ',': '逗号',
  ';': '分号',
  '=': '“=”',
};

function wantedInChinese(wanted: readonly Wanted[]): string {
  const names = wanted.map((one) => chineseNames[one]);
  return names.length < 2 ? (names[0] ?? '别的内容') : `${names.slice(0, -1).join('、')}或${names.at(-1)}`;
}
