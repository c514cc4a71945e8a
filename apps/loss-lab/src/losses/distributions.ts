import {
  crossEntropyOfDistributions,
  entropy,
  jensenShannonDivergence,
  klDivergence,
  klDivergenceWithLogProbabilities,
} from '@tapegrad/nn';
import { type InputForm, type LossForm, lossForm } from './loss.ts';
import { base, exampleWeight, oneOf, whether } from './options.ts';

const p = '.7,.2,.1';
const q = '.2,.6,.2';

const probabilities = (description: string, example: string, alias?: string): InputForm => ({
  description: `${description}; several rows are several pairs`,
  example,
  alias,
  leastRank: 1,
});

/** Losses of whole distributions, rows that sum to 1. */
export const distributionLosses: readonly LossForm[] = [
  lossForm({
    name: 'entropy',
    computedBy: 'entropy',
    title: 'Entropy',
    formula: 'H(P) = -Σ_c p_c·log p_c, where 0·log 0 = 0',
    gradient: '∂H/∂p_c = -(ln p_c + 1), in nats',
    inputs: { p: { description: 'probabilities that sum to 1; several rows are several P', example: p, leastRank: 1 } },
    options: { base: base() },
    compute: ({ p }, options) => entropy(p, options),
  }),
  lossForm({
    name: 'cross-entropy',
    computedBy: 'crossEntropyOfDistributions',
    title: 'Cross-entropy of P under Q',
    formula: 'H(P, Q) = -Σ_c p_c·log q_c = H(P) + D_KL(P‖Q)',
    gradient: '∂H/∂q_c = -p_c/q_c, ∂H/∂p_c = -ln q_c, in nats',
    inputs: {
      of: probabilities('P, what really happens', p, 'p'),
      under: probabilities('Q, what is believed', q, 'q'),
    },
    options: { base: base() },
    compute: ({ of, under }, options) => crossEntropyOfDistributions({ of, under, ...options }),
  }),
  lossForm({
    name: 'kl-divergence',
    aliases: ['kl'],
    computedBy: 'klDivergence',
    title: 'Kullback–Leibler divergence of P from Q, D_KL(P‖Q)',
    formula: 'D_KL(P‖Q) = Σ_c p_c·log(p_c/q_c); P is --of, Q is --from; exchanged, it is D_KL(Q‖P), another number',
    gradient: '∂D/∂q_c = -p_c/q_c, ∂D/∂p_c = ln(p_c/q_c) + 1, in nats',
    inputs: {
      of: probabilities('P, what really happens', p, 'p'),
      from: probabilities('Q, what is believed, from which P diverges', q, 'q'),
    },
    options: { base: base() },
    compute: ({ of, from }, options) => klDivergence({ of, from, ...options }),
  }),
  lossForm({
    name: 'kl-div',
    computedBy: 'klDivergenceWithLogProbabilities',
    title: 'Kullback–Leibler divergence as a loss of log-probabilities, element by element',
    formula: 'loss = t·(ln t - logProbabilities); t = target; the sum of a row is D_KL(target‖model)',
    gradient: '∂loss/∂logProbabilities = -t',
    inputs: {
      logProbabilities: {
        description: 'ln q of the model, of any shape',
        example: 'ln(.2),ln(.6),ln(.2)',
        leastRank: 1,
      },
      target: { description: 'p, probabilities of the same shape', example: p, leastRank: 1, isWatched: false },
    },
    options: {
      logTarget: whether('the target holds log-probabilities too'),
      exampleWeight: exampleWeight(),
      reduction: oneOf('what to make of one loss for each element', ['mean', 'batchMean', 'sum', 'none']),
    },
    compute: ({ logProbabilities, target }, options) =>
      klDivergenceWithLogProbabilities(logProbabilities, target, options),
  }),
  lossForm({
    name: 'jensen-shannon',
    computedBy: 'jensenShannonDivergence',
    title: 'Jensen–Shannon divergence',
    formula: 'JS(P, Q) = D_KL(P‖M)/2 + D_KL(Q‖M)/2; M = (P + Q)/2',
    gradient: '∂JS/∂p_c = ln(p_c/m_c)/2, ∂JS/∂q_c = ln(q_c/m_c)/2, in nats',
    inputs: { p: probabilities('P', p), q: probabilities('Q', q) },
    options: { base: base() },
    compute: ({ p, q }, options) => jensenShannonDivergence(p, q, options),
  }),
];
