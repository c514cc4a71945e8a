import { negate, Tensor, take } from '@tapegrad/core';
import { kindOf, nearestName } from '@tapegrad/core/authors';
import { ExpressionError } from '../errors/expressionError.ts';
import { constants } from '../functions/constants.ts';
import { functionNames, isFunction } from '../functions/functions.ts';
import type { Node } from '../syntax/tree.ts';
import { asTensor } from './asTensor.ts';
import { callFunction } from './callFunction.ts';
import { inItsPart } from './inItsPart.ts';
import { operate } from './operate.ts';
import type { Scope, Value } from './value.ts';
import { shown } from './valueErrors.ts';

/**
 * What a tree gives. Written numbers stay numbers as long as they meet no tensor, so that `axes=[-1]` and `1/3` are what they say;
 * everything else is an op, on the tape of the values.
 *
 * @throws ExpressionError where a name has no value, a function is not known, or an op refuses its operands
 */
export function evaluate(node: Node, scope: Scope): Value {
  switch (node.kind) {
    case 'number':
    case 'text':
      return node.value;
    case 'list':
      return node.items.map((item) => evaluate(item, scope));
    case 'name':
      return valueOfName(node, scope);
    case 'negative': {
      const value = evaluate(node.of, scope);
      return typeof value === 'number' ? -value : inItsPart(node, scope, () => negate(asTensor(value, node.of, scope)));
    }
    case 'binary':
      return operate(node, evaluate(node.left, scope), evaluate(node.right, scope), scope);
    case 'call':
      return callFunction(node, scope, evaluate);
    case 'member':
      return memberOf(node, evaluate(node.of, scope), scope);
    case 'item':
      return itemOf(node, evaluate(node.of, scope), evaluate(node.index, scope), scope);
  }
}

type NodeOf<Kind extends Node['kind']> = Extract<Node, { kind: Kind }>;

/** The value of a name: one that was given, or that of a constant. */
function valueOfName({ name, start, end }: NodeOf<'name'>, { text, values }: Scope): Value {
  const value = values.get(name) ?? constants.get(name);
  if (value !== undefined) return value;
  const span = { start, end };
  if (isFunction(name)) {
    throw new ExpressionError({
      operation: 'expression',
      got: `the function ${name} without brackets`,
      wanted: `${name}(…)`,
      remedy: `Write what it is called with: ${name}(x)`,
      text,
      span,
      fault: { kind: 'bareFunction', name },
    });
  }
  const nearest = nearestName(name, [...values.keys(), ...constants.keys(), ...functionNames]);
  const known = [...values.keys()];
  throw new ExpressionError({
    operation: 'expression',
    got: `${name}, which has no value`,
    wanted: known.length > 0 ? `a name that has one: ${known.join(', ')}` : 'a name that has one',
    remedy: nearest === undefined ? `Give ${name} a value` : `Perhaps ${nearest} is meant, else give ${name} a value`,
    text,
    span,
    fault: { kind: 'unknownName', name, nearest },
  });
}

/** A named result, as `topK(x, k=2).values`. */
function memberOf(node: NodeOf<'member'>, value: Value, { text }: Scope): Value {
  const isPlain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  const members = isPlain ? Object.keys(value) : [];
  if (members.includes(node.name)) return (value as Readonly<Record<string, Value>>)[node.name];
  throw new ExpressionError({
    operation: 'expression',
    got: `.${node.name} of ${shown(text, node.of)}, which is ${kindOf(value)}`,
    wanted: members.length > 0 ? members.map((name) => `.${name}`).join(' or ') : 'what has parts with names',
    remedy: members.length > 0 ? 'Choose one of these' : 'Leave it out',
    text,
    span: node,
    fault: { kind: 'noMember', name: node.name, members },
  });
}

/** One of a list, or a row of a tensor: `x[0]`; counted from the end where the index is negative. */
function itemOf(node: NodeOf<'item'>, value: Value, index: Value, scope: Scope): Value {
  if (typeof index === 'number' && Number.isInteger(index)) {
    if (Array.isArray(value) && index >= -value.length && index < value.length) return value.at(index) as Value;
    if (value instanceof Tensor && value.rank > 0) {
      const from = index < 0 ? index + value.shape[0] : index;
      return inItsPart(node, scope, () => take(value, from));
    }
  }
  const got = `[${shown(scope.text, node.index)}] of ${kindOf(value)}`;
  throw new ExpressionError({
    operation: 'expression',
    got,
    wanted: 'a whole number that counts the rows of a tensor or the items of a list, from 0',
    remedy: 'Give such a number, or use take or slice',
    text: scope.text,
    span: node,
    fault: { kind: 'noItem', got },
  });
}
