import type { Stories } from './story.ts';

export const english: Stories = {
  overflow: {
    title: 'A logit of 1000',
    setting:
      'Cross-entropy as it stands in the textbook: exponentials, their sum, a quotient, a logarithm. One logit is large, the others are 0.',
    question: 'What does the loss become?',
    ends: { right: 'The right number', infinite: 'Infinity', nan: 'NaN' },
    why: 'The exponential leaves the range of the format long before the loss does. If the large logit is that of the right class, ∞/∞ is NaN; if it is that of another class, the right one gets the probability 1/∞ = 0, and −ln 0 is ∞. The true loss is an ordinary number in both cases.',
    mend: 'Subtract the largest logit first and keep the logarithm: every exponent is then at most 0. The fused loss does both, and its gradient is p − y.',
  },
  twice: {
    title: 'Softmax twice',
    setting:
      'A model ends in a softmax, and so does its loss. All is right otherwise: the logit of the right class is large, the others are 0.',
    question: 'How does the loss compare with that of a single softmax?',
    ends: { same: 'It is the same', higher: 'It is higher', error: 'The library throws an error' },
    why: 'Probabilities lie between 0 and 1, so to the second softmax even a certain model looks undecided. The loss cannot fall below ln(e + C − 1) − 1 for C classes, and near there the gradient vanishes. Where the model is wrong it is worst: the gradient has the factor p, so that with ten classes and z₀ = −5 the right logit is pulled 1,300 times less than it should be. Nothing fails; training is just slow and stops too early. The library recognises rows that sum to 1.',
    mend: 'Hand over the logits as they are: the softmax is part of the loss.',
  },
  label: {
    title: 'A label out of range',
    setting: 'Three rows, three classes. The classes are counted 0, 1, 2; one of the labels may not be among them.',
    question: 'What happens?',
    ends: {
      computes: 'A loss of all three rows',
      ignored: 'A loss; the last row is left out',
      error: 'The library throws an error',
    },
    why: 'A class index picks a column of the logits. One that is not there would read something else in memory, or nothing. The library looks at all labels: if they run from 1 to C, it says so. The number −100 marks a row to leave out, as in PyTorch.',
    mend: 'Count from 0; mark rows without a label with ignoreIndex; write a label between two classes as probabilities.',
  },
  column: {
    title: '[N] against [N, 1]',
    setting:
      'A model gives a column [N, 1], the targets are a list [N]. Every prediction is exactly right. The squared error is written by hand.',
    question: 'What is the loss?',
    ends: { zero: '0, for every prediction is right', positive: 'Above 0', error: 'The library throws an error' },
    why: 'Broadcasting stretches both to [N, N], so that every prediction is compared with every target. The loss is then twice the variance of the targets, and its gradient pulls all predictions to their mean. Written by hand this is legal arithmetic; the loss of the library asks for one shape.',
    mend: 'Reshape the column to the shape of the targets.',
  },
  weights: {
    title: 'Weights with a mean',
    setting:
      'Class 1 is rare and gets the weight w, class 0 the weight 1. Four rows; here is a batch that happens to hold mostly class 1.',
    question: 'How does the loss compare with that without weights?',
    ends: {
      same: 'It is the same',
      larger: 'It is larger',
      smaller: 'It is smaller',
      nan: 'NaN',
      error: 'The library throws an error',
    },
    why: 'The mean divides by the sum of the weights that occur, not by the number of rows. Where all rows are of one class, its weight cancels, whatever it is; where all weights are 0, 0/0 is left. The weight acts within a batch only: the mean of batches is not the mean of all rows.',
    mend: 'Take the sum of the losses and divide it by the number of rows: a row of weight w then counts w times, in any batch.',
  },
  ignored: {
    title: 'Everything ignored',
    setting:
      'Four rows, of which some carry the label −100: leave this one out. In a batch of padding, all of them may.',
    question: 'What is the mean loss of the batch?',
    ends: { zero: '0', finite: 'A number above 0', nan: 'NaN' },
    why: 'The mean runs over the rows that count. With none left it is 0/0. The library warns, computes NaN as the definition says, and keeps NaN out of the gradient, which is 0. Without an eye on it one such batch makes the reported loss of the epoch NaN.',
    mend: 'Leave such batches out, or divide the sum by the number of rows that count, but at least by 1. The warning stays: labels that are all ignored are worth a look.',
  },
  rate: {
    title: 'Learning rate too high',
    setting:
      'Gradient descent in a valley, κ times as steep across as along, for 100 steps. The start is the ring at the right.',
    question: 'Where does it lead?',
    ends: {
      smooth: 'Down, without swinging',
      swings: 'Down, swinging from side to side',
      forever: 'It swings for ever',
      diverges: 'It diverges',
    },
    why: 'Each step multiplies the distance to the bottom by 1 − ηκ, along each axis by its own curvature. Beyond η = 2/κ the size of that factor is above 1 and the distance grows, along the steepest axis first, until the format has no number for it. Steps are finite; the slope is only true nearby.',
    mend: 'Stay below 2/κ for the largest curvature; 1/κ goes straight to the bottom of the steep axis.',
  },
  dead: {
    title: 'Dead ReLU',
    setting:
      'Points inside and outside of a ring, a hidden layer of eight units, two classes, 200 steps. The biases of the hidden units begin at b.',
    question: 'Does it learn?',
    ends: { learns: 'It learns', stuck: 'It stays at the loss of guessing', error: 'The library throws an error' },
    why: 'A unit whose sum is below 0 for every point says 0, and the slope of ReLU is 0 there: nothing flows back to its weights, now or ever. If all units are so, only the last biases learn, and the best that they can say is one half. The gradient is a plain 0, not an error. A callback of the library compares the loss with that of guessing.',
    mend: 'Begin with biases of 0 and weights of a fitting size, as the initialisers do. A LeakyReLU lets some gradient through and comes back to life, slowly.',
  },
};
