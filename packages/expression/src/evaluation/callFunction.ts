import { Tensor } from '@tapegrad/core';
import { nearestName } from '@tapegrad/core/authors';
import { ExpressionError } from '../errors/expressionError.ts';
import { functionNames, functionOf, takesLists } from '../functions/functions.ts';
import type { Node, OptionNode } from '../syntax/tree.ts';
import { asTensor } from './asTensor.ts';
import { inItsPart } from './inItsPart.ts';
import { isNumbers, isNumeric, type Scope, type Value } from './value.ts';

type Call = Extract<Node, { kind: 'call' }>;

/** Calls a function of the library: the inputs first, the options in one object behind them. */
export function callFunction(node: Call, scope: Scope, evaluate: (node: Node, scope: Scope) => Value): Value {
  const options = optionsOf(node, scope.text);
  const inputs = node.given.filter((given): given is Node => given.kind !== 'option');
  const called = functionOf(node.name, inputs.length);
  if (called === undefined) throw unknownFunction(node, scope);
  const values = inputs.map((input) => ({ input, value: evaluate(input, scope) }));
  const named = options.map(({ name, value }) => ({ name, node: value, value: evaluate(value, scope) }));
  return inItsPart(node, scope, () => {
    const given = takesLists(called.name) ? listsOf(values, scope) : operandsOf(values, scope);
    const isBare = !given.some((input) => input instanceof Tensor || Array.isArray(input));
    const chosen = named.map(({ name, node, value }) => [name, optionOf(value, node, isBare, scope)]);
    const all = chosen.length > 0 ? [...given, Object.fromEntries(chosen)] : given;
    return adopted(called.call(...all), scope);
  });
}

interface Given {
  readonly input: Node;
  readonly value: Value;
}

/**
 * Inputs as ops take them: a list in which tensors stand becomes one tensor. Where no input is a tensor, the first that holds numbers
 * becomes one, so that the op computes in the type of the expression and on its tape.
 */
function operandsOf(values: readonly Given[], scope: Scope): Value[] {
  const hasTensors = values.some(({ value }) => hasTensor(value));
  const first = hasTensors ? undefined : values.find(({ value }) => isNumeric(value));
  return values.map((given) => {
    const { input, value } = given;
    return given === first || (Array.isArray(value) && hasTensor(value)) ? asTensor(value, input, scope) : value;
  });
}

/** Inputs of a function that takes a list of tensors. */
function listsOf(values: readonly Given[], scope: Scope): Value[] {
  return values.map(({ input, value }) =>
    Array.isArray(value) ? value.map((item: Value) => asTensor(item, input, scope)) : value,
  );
}

/**
 * The value of an option: a single number as such, for options such as delta and axis have no gradient; other tensors as they are. A
 * function that has options alone, as klDivergence(of=p, from=q), finds its inputs among them.
 */
function optionOf(value: Value, node: Node, isBare: boolean, scope: Scope): Value {
  if (value instanceof Tensor) return value.rank === 0 && !isBare ? value.item() : value;
  if (Array.isArray(value) && (hasTensor(value) || (isBare && isNumbers(value)))) return asTensor(value, node, scope);
  return value;
}

const hasTensor = (value: Value): boolean => value instanceof Tensor || (Array.isArray(value) && value.some(hasTensor));

/** What an op computed of written numbers alone, in another type and on no tape, is brought to the others. */
function adopted(result: unknown, scope: Scope): Value {
  if (result instanceof Tensor && result.tape === null && result.dtype !== scope.dtype) {
    return asTensor(result.toList(), { start: 0, end: 0 }, scope);
  }
  return result as Value;
}

/** The options of a call, in their order, each once and behind the inputs. */
function optionsOf({ given }: Call, text: string): OptionNode[] {
  const options: OptionNode[] = [];
  for (const part of given) {
    if (part.kind !== 'option') {
      if (options.length === 0) continue;
      const { name } = options[0];
      throw new ExpressionError({
        operation: 'expression',
        got: `an input behind the option ${name}`,
        wanted: 'all inputs in front of the options',
        remedy: `Move it in front of ${name}=, or say which option it is: name=…`,
        text,
        span: part,
        fault: { kind: 'inputBehindOption', name },
      });
    }
    if (options.some(({ name }) => name === part.name)) {
      throw new ExpressionError({
        operation: 'expression',
        got: `the option ${part.name} twice`,
        wanted: 'each option once',
        remedy: 'Leave one of them out',
        text,
        span: part,
        fault: { kind: 'repeatedOption', name: part.name },
      });
    }
    options.push(part);
  }
  return options;
}

function unknownFunction({ name, start }: Call, { text, values }: Scope): ExpressionError {
  const span = { start, end: start + name.length };
  if (values.has(name)) {
    return new ExpressionError({
      operation: 'expression',
      got: `${name}, a value, called like a function`,
      wanted: 'the name of a function in front of a bracket',
      remedy: `Write a product with a star: ${name} * (…)`,
      text,
      span,
      fault: { kind: 'calledValue', name },
    });
  }
  const nearest = otherNames.get(name.toLowerCase()) ?? nearestName(name, functionNames);
  return new ExpressionError({
    operation: 'expression',
    got: `${name}, which is no function of the language`,
    wanted: 'an op of core or a loss of nn',
    remedy: nearest === undefined ? 'npx pnpm tape lists all functions' : `Perhaps ${nearest} is meant`,
    text,
    span,
    fault: { kind: 'unknownFunction', name, nearest },
  });
}

/** What others call some functions, where letters alone would not lead there. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['crossentropy', 'softmaxCrossEntropy'],
  ['cross_entropy', 'softmaxCrossEntropy'],
  ['mse', 'mseLoss'],
  ['mae', 'l1Loss'],
  ['bce', 'binaryCrossEntropy'],
  ['sigma', 'sigmoid'],
  ['σ', 'sigmoid'],
  ['cat', 'concat'],
  ['prod', 'product'],
  ['var', 'variance'],
  ['std', 'standardDeviation'],
  ['kl', 'klDivergence'],
  ['dot', 'matmul'],
]);
