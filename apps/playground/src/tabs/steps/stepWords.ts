import { bilingual } from '../../words/words.ts';
import type { ChainName } from './chainNames.ts';

interface Told {
  readonly name: string;
  readonly forward: string;
  readonly backward: string;
}

/** What is said of each step. */
export const stepWords = bilingual<Readonly<Record<ChainName, Told>>>({
  en: {
    logits: {
      name: 'logits',
      forward: 'What a model gives: one number for each class, of any size. The walk begins here.',
      backward: 'All has arrived. This is the gradient: how the loss changes with each logit.',
    },
    max: {
      name: 'max',
      forward: 'The largest logit of the row. It is taken off first, so that no power can overflow.',
      backward:
        'Only the largest logit could receive something, and what arrives is 0 up to rounding. So the maximum, like any constant added to all logits, changes nothing.',
    },
    shift: {
      name: 'shift',
      forward: 'Each logit less the largest. From here on nothing is above 0.',
      backward:
        'The logits receive the gradient as it is. The maximum receives minus the sum of it; softmax has made that sum 0.',
    },
    exp: {
      name: 'exp',
      forward: 'Powers of e, all from 0 to 1. That of the largest logit is exactly 1.',
      backward: 'The slope of eˢ is u itself, which is known from the way forward.',
    },
    sum: {
      name: 'sum',
      forward: 'The powers of the row added up.',
      backward:
        'Each power counts once in the sum, so each receives the same. It is the second part for u: now it has all.',
    },
    softmax: {
      name: 'softmax',
      forward: 'Each power over their sum: probabilities.',
      backward:
        'A quotient passes on in two directions: 1/S of the gradient to each power, and the rest to the sum. For u this is the first of two parts.',
    },
    log: {
      name: 'log',
      forward: 'The logarithm of each probability: 0 for what is certain, far below 0 for what is unlikely.',
      backward:
        'The slope is 1/p: the less likely a class was, the larger the gradient. Further back it is multiplied by p again.',
    },
    pick: {
      name: 'pick',
      forward: 'Times the target t. A class index picks one class; probabilities take a share of each.',
      backward: 'Each class receives its share t. What the target leaves out receives 0.',
    },
    add: {
      name: 'add',
      forward: 'The classes of the row added up.',
      backward: 'Each class receives the gradient as it is.',
    },
    negate: {
      name: 'negate',
      forward: 'With the sign turned, this is the loss of the row.',
      backward: 'The sign turns.',
    },
    total: {
      name: 'total',
      forward: 'The losses of all rows added up.',
      backward: 'The loss of each row receives the same.',
    },
    mean: {
      name: 'mean',
      forward:
        'Divided by the number of rows; with class indices and weights, by the weights of the classes that occur.',
      backward: 'Divided by the same number: the more rows, the less each of them counts.',
    },
    base: {
      name: 'base',
      forward: 'From nats to another unit: bits for base 2, decimal digits for base 10.',
      backward: 'The gradient is divided by the same logarithm.',
    },
  },
  zh: {
    logits: {
      name: 'logits',
      forward: '模型的输出：每个类别一个数，大小不限。推演从这里开始。',
      backward: '所有梯度都已到达。这就是最终的梯度：损失随每个 logit 的变化率。',
    },
    max: {
      name: '最大值',
      forward: '该行中最大的 logit。先减去它，指数运算就不会上溢。',
      backward:
        '只有最大的 logit 可能得到梯度，而传来的梯度除舍入误差外为 0。所以最大值与加在所有 logit 上的任何常数一样，不影响结果。',
    },
    shift: {
      name: '平移',
      forward: '每个 logit 减去最大值，此后没有大于 0 的数。',
      backward: '梯度原样传给各个 logit；最大值得到梯度之和的相反数，而 softmax 已使这个和为 0。',
    },
    exp: {
      name: '指数',
      forward: 'e 的幂，都在 0 到 1 之间；最大的 logit 对应的恰好是 1。',
      backward: 'eˢ 的导数就是 u 本身，前向计算时已经得到。',
    },
    sum: {
      name: '指数和',
      forward: '把该行的幂相加。',
      backward: '每个幂在和中各出现一次，因此得到的梯度相同。这是 u 的第二部分，至此 u 的梯度已完整。',
    },
    softmax: {
      name: 'softmax',
      forward: '每个幂除以它们的和，得到概率。',
      backward: '商的梯度传向两边：传给每个幂的要乘以 1/S，其余传给和。对 u 来说，这是两部分中的第一部分。',
    },
    log: {
      name: '对数',
      forward: '每个概率的对数：确定的事件为 0，不太可能的事件远小于 0。',
      backward: '导数是 1/p：类别的概率越小，梯度越大。再往前传时又会乘以 p。',
    },
    pick: {
      name: '选取',
      forward: '乘以目标 t。类别下标只选取一个类别；概率分布则按比例取每个类别。',
      backward: '每个类别按 t 的比例得到梯度，目标为 0 的类别得到 0。',
    },
    add: {
      name: '相加',
      forward: '把该行各类别的结果相加。',
      backward: '梯度原样传给每个类别。',
    },
    negate: {
      name: '取负',
      forward: '变号之后就是该行的损失。',
      backward: '梯度变号。',
    },
    total: {
      name: '求和',
      forward: '把所有行的损失相加。',
      backward: '每一行的损失得到的梯度相同。',
    },
    mean: {
      name: '平均',
      forward: '除以行数；若目标是类别下标且有权重，则除以所出现类别的权重之和。',
      backward: '除以同一个数：行数越多，每一行的份量越小。',
    },
    base: {
      name: '换底',
      forward: '从奈特（nat）换成别的单位：底为 2 时是比特，底为 10 时是哈特利，即十进制位。',
      backward: '梯度也除以同一个对数。',
    },
  },
});
