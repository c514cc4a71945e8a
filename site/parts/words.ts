import type { Words } from '../chapters/model.ts';

/** The words around what chapters say. */
export const words = {
  computed: { en: 'computed here, with your numbers', zh: '用您的数字在此算出' },
  reset: { en: 'Reset', zh: '重置' },
  answer: { en: 'Your answer', zh: '您的答案' },
  check: { en: 'Check', zh: '检查' },
  hint: { en: 'Hint', zh: '提示' },
  solution: { en: 'Solution', zh: '解答' },
  right: { en: 'Right.', zh: '正确。' },
  wrong: { en: 'Not yet.', zh: '还不对。' },
  unreadable: {
    en: 'Type numbers, for several with commas between: 0.5, −1, 2/3.',
    zh: '请输入数字，多个数字用逗号分隔：0.5, −1, 2/3。',
  },
  notComputed: {
    en: 'The formula could not be computed here. Try again.',
    zh: '公式未能在此计算。请重试。',
  },
  choose: { en: 'Choose one first.', zh: '请先选择一项。' },
  how: {
    en: 'Three digits after the point are enough, and fractions are read too. Several numbers, or a shape, are written with commas: 0.5, −1/3. A formula is written as in the Lab, x * exp(x), in whatever form: it is checked by its values.',
    zh: '保留三位小数即可，也可以写分数。多个数字或形状用逗号分隔：0.5, −1/3。公式的写法与实验室相同，如 x * exp(x)；写成什么形式都可以，按数值检查。',
  },
  solved: { en: 'solved', zh: '已完成' },
  answers: { en: 'With answers', zh: '附答案' },
  print: { en: 'Print', zh: '打印' },
  chapter: { en: 'Chapter', zh: '章节' },
  task: { en: 'Exercise', zh: '练习' },
  name: { en: 'Name', zh: '姓名' },
  slips: { en: 'Usual wrong answers', zh: '常见错误' },
} satisfies Record<string, Words>;

/** "Your formula in x and t", in both languages. */
export const formulaWords = (names: readonly string[]): Words => ({
  en: `Your formula in ${names.join(', ')}`,
  zh: `您的公式（含 ${names.join('、')}）`,
});

/** "wanted 3 numbers, got 2", in both languages. */
export const lengthWords = (wanted: number, got: number): Words => ({
  en: `${wanted} ${wanted === 1 ? 'number is' : 'numbers are'} asked for, and ${got} ${got === 1 ? 'was' : 'were'} given.`,
  zh: `题目要求 ${wanted} 个数字，您给出了 ${got} 个。`,
});

/** "2 of 5 solved", in both languages. */
export const progressWords = (solved: number, all: number): Words => ({
  en: `${solved} of ${all} exercises solved`,
  zh: `已完成 ${solved} / ${all} 道练习`,
});
