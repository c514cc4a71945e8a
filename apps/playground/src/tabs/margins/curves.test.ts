import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { readFields } from '../../address/fields.ts';
import { lossesAt } from './curves.ts';
import { marginFields } from './fields.ts';
import { formulaOf } from './formulas.ts';
import { margins } from './margins.ts';
import { isAngular, lossNames, type MarginSettings } from './names.ts';

const { shown, margin, ...settings } = readFields(marginFields, new URLSearchParams());
const at = (m: readonly number[], some: Partial<MarginSettings> = {}) => lossesAt(m, { ...settings, ...some });

const some = [-3.3, -1.7, -0.4, 0.3, 0.9, 1.3, 2.6, 3.9];

describe.each(lossNames)('%s', (name) => {
  test('its slope is that of its curve', () => {
    const step = 1e-6;
    const { slopes } = at(some)[name];
    const [below, above] = [-step, step].map((by) => at(some.map((m) => m + by))[name].values);
    slopes.forEach((slope, k) => {
      expect(slope).toBeCloseTo((above[k] - below[k]) / (2 * step), 6);
    });
  });

  test('has a formula that can be set', () => {
    for (const classes of [2, 5]) {
      const latex = formulaOf(name, { ...settings, classes });
      expect(katex.renderToString(latex, { throwOnError: true, strict: 'error' })).toContain('katex');
    }
  });
});

test('a wrong answer costs 1, a right one 0; the slope is 0 wherever there is one', () => {
  expect(at([-0.1, 0, 0.1]).zeroOne).toEqual({ values: [1, 0, 0], slopes: [0, Number.NaN, 0] });
});

test('from the margin 1 on the hinge no longer pulls, at its kink neither', () => {
  expect(at([0.9, 1, 1.1]).hinge.slopes).toEqual([-1, 0, 0]);
});

test('with two classes the softmax loss is the logistic loss, and focal loss with γ = 0 is the softmax loss', () => {
  const { softmax, logistic } = at(some, { classes: 2 });
  softmax.values.forEach((value, k) => {
    expect(value).toBeCloseTo(logistic.values[k], 12);
  });
  const many = at(some, { classes: 7, gamma: 0 });
  many.focal.values.forEach((value, k) => {
    expect(value).toBeCloseTo(Math.log(1 + 6 * Math.exp(-some[k])), 12);
    expect(many.softmax.values[k]).toBeCloseTo(value, 12);
  });
});

test('the losses with an angle are the logistic loss where their margin is none', () => {
  const curves = at(some, { cosine: 0, angle: 0, multiple: 1 });
  for (const name of lossNames.filter(isAngular)) {
    curves[name].values.forEach((value, k) => {
      expect(value).toBeCloseTo(curves.logistic.values[k], 10);
    });
  }
});

test('an additive margin moves the curve by s·m', () => {
  const { additive, logistic } = at([0.3], { scale: 3, cosine: 0.5 });
  expect(additive.values[0]).toBeCloseTo(Math.log(1 + Math.exp(1.5 - 0.3)), 12);
  expect(additive.values[0]).toBeGreaterThan(logistic.values[0]);
});

test('where there is no such angle there is no loss', () => {
  const { arcFace, additive, logistic } = at([-2.1, 2, 1.9], { scale: 1 });
  expect(arcFace.values.map(Number.isNaN)).toEqual([true, true, false]);
  expect(additive.slopes.map(Number.isNaN)).toEqual([true, true, false]);
  expect(logistic.values.some(Number.isNaN)).toBe(false);
});

test('the curves pass through 0 and the kink of the hinge', () => {
  expect(margins).toContain(0);
  expect(margins).toContain(1);
  expect([margins[0], margins[margins.length - 1]]).toEqual([-4, 4]);
});
