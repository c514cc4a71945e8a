/*
 * The language of formulas, which a page loads when somebody checks the first of them: all ops and all losses come with it.
 */
export { ExpressionError, evaluateExpression, faultInWords, readExpression } from '@tapegrad/expression';
