import type { ExpressionStudy } from '@tapegrad/expression';
import { jsonText } from '../../render/json.ts';

/** For other programs: all that was computed, with the local Jacobian beside what a step passes on. */
export function tapeToJson({ text, derivation, tape, second, ...study }: ExpressionStudy): string {
  const steps = tape.steps.map((step) => ({
    ...step,
    passed: step.passed.map((passed) => {
      const explained = derivation?.steps.find(({ index }) => index === step.index)?.passed;
      const jacobian = explained?.find(({ input }) => input === passed.input)?.jacobian?.entries ?? null;
      return { ...passed, jacobian };
    }),
  }));
  return jsonText({ expression: text, ...study, output: tape.output, steps, second });
}
