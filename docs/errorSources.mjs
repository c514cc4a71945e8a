// Reads the errors and warnings that the packages give on purpose out of their source: what stands where a `new …Error({ … })`
// or a `warn({ … })` is. Where a function makes an error out of what it is handed, its callers are asked for the words.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

const files = readdirSync(join(root, 'packages'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
  .filter((path) => path.includes('/src/'))
  .sort()
  .map((path) => ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true));

/** The code of each class of error, and the errors and warnings: `{ kind, isError, path, texts }`, in the order of the source. */
export function readErrors() {
  const codes = new Map();
  const entries = [];
  for (const file of files) {
    visit(file, (node) => {
      collectCode(node, codes);
      entries.push(...entriesOf(node, file.fileName));
    });
  }
  return { codes, entries };
}

function visit(node, look) {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}

/** `override readonly code = 'SHAPE'` in a class. */
function collectCode(node, codes) {
  if (!ts.isClassDeclaration(node) || !node.name) return;
  const code = node.members.find((member) => ts.isPropertyDeclaration(member) && member.name.getText() === 'code');
  if (code?.initializer) codes.set(node.name.text, code.initializer.getText().replace(/^'|'$/g, ''));
}

/** `new ShapeError({ … })`, or `warn({ … })`. */
function entriesOf(node, path) {
  const isError = ts.isNewExpression(node) && /Error$/.test(node.expression.getText());
  const isWarning = ts.isCallExpression(node) && node.expression.getText() === 'warn';
  const details = (isError || isWarning) && node.arguments?.[0];
  if (!details || !ts.isObjectLiteralExpression(details)) return [];
  const fields = fieldsOf(details);
  if (isError && !fields.has('got')) return [];
  const said = isError ? ['got', 'wanted', 'remedy'] : ['message'];
  const isBare = said.some((field) => fields.has(field) && /^‹[^›]*›$/.test(textOf(fields.get(field), new Map())));
  const ways = isBare ? waysInto(node, []) : [new Map()];
  return ways.map((words) => {
    const texts = Object.fromEntries([...fields].map(([name, value]) => [name, textOf(value, words)]));
    return { kind: isError ? node.expression.getText() : texts.code, isError, path, texts };
  });
}

/** The initialisers of an object literal by name; `got` alone stands for `got: got`. */
function fieldsOf(literal) {
  return new Map(
    literal.properties.flatMap((property) =>
      property.name ? [[property.name.getText(), property.initializer ?? property.name]] : [],
    ),
  );
}

/**
 * What the names within a function stand for, once for each way in: the words that its callers hand it, and those that its
 * constants hold. A function that nobody calls by name has one way in, of which nothing is known.
 */
function waysInto(node, trail) {
  const home = functionAround(node);
  if (!home || trail.includes(home)) return [new Map()];
  // What many callers lead to is worked out once.
  if (!knownWays.has(home)) knownWays.set(home, waysIntoHome(home, trail));
  return knownWays.get(home);
}

const knownWays = new Map();

function waysIntoHome(home, trail) {
  const calls = nameOf(home) ? callsOf(nameOf(home), home.getSourceFile()) : [];
  const ways = calls.flatMap((call) =>
    waysInto(call, [...trail, home]).map((words) => new Map(handed(home, call, words))),
  );
  const all = ways.length > 0 ? ways : [new Map()];
  for (const words of all) addConstants(home, words);
  // Many callers hand on the same words, and each way is followed further: equal ones are one.
  return [...new Map(all.map((words) => [JSON.stringify([...words]), words])).values()];
}

function functionAround(node) {
  let around = node.parent;
  while (around && !ts.isFunctionLike(around)) around = around.parent;
  return around;
}

/** The name by which a function is called: its own, or that of the constant that holds it. */
function nameOf(home) {
  if (ts.isFunctionDeclaration(home) || ts.isMethodDeclaration(home)) return home.name?.getText();
  return home.parent && ts.isVariableDeclaration(home.parent) ? home.parent.name.getText() : undefined;
}

/** Calls of a function, in its own file or in one that imports its name from there, or from the door of its package. */
function callsOf(name, home) {
  const door = `@tapegrad/${home.fileName.split('/')[1]}(?:/authors|/node)?`;
  const imported = new RegExp(`import [^;]*\\b${name}\\b[^;]* from '(?:[^']*/${stem(home)}|${door})'`);
  return (callsByName().get(name) ?? []).filter((call) => {
    const file = call.getSourceFile();
    return file === home || imported.test(file.text);
  });
}

let allCalls;

/** All calls of all files by the last word of what is called, found once. */
function callsByName() {
  if (allCalls) return allCalls;
  allCalls = new Map();
  for (const file of files) {
    visit(file, (node) => {
      if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
      const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
      if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name)) return;
      if (!allCalls.has(name.text)) allCalls.set(name.text, []);
      allCalls.get(name.text).push(node);
    });
  }
  return allCalls;
}

const stem = (file) => file.fileName.split('/').at(-1).replace('.', '\\.');

/** The parameters of a function with the words that a call gives for them. */
function handed(home, call, words) {
  return home.parameters.flatMap((parameter, index) => {
    const given = call.arguments?.[index];
    const value = given && given.getText() !== 'undefined' ? given : parameter.initializer;
    if (!value) return [];
    if (ts.isIdentifier(parameter.name)) {
      const { text } = parameter.name;
      return [
        [text, textOf(value, words)],
        ...fieldTexts(value, words).map(([name, said]) => [`${text}.${name}`, said]),
      ];
    }
    if (!ts.isObjectBindingPattern(parameter.name)) return [];
    const fields = new Map(fieldTexts(value, words));
    return parameter.name.elements.flatMap((element) => {
      const field = fields.get((element.propertyName ?? element.name).getText());
      return field === undefined ? [] : [[element.name.getText(), field]];
    });
  });
}

/** The object literal that a constant of the same file holds, if it does. */
function literalOf(name) {
  const file = name.getSourceFile();
  if (!literals.has(file)) literals.set(file, literalsIn(file));
  return literals.get(file).get(name.text);
}

const literals = new Map();

function literalsIn(file) {
  const found = new Map();
  for (const { name, initializer } of declarationsIn(file)) {
    const value = ts.isAsExpression(initializer) ? initializer.expression : initializer;
    if (ts.isObjectLiteralExpression(value) && !found.has(name.getText())) found.set(name.getText(), value);
  }
  return found;
}

/** The variables that are declared with a value in a file or a function, looked for once. */
function declarationsIn(node) {
  if (!declared.has(node)) {
    const found = [];
    visit(node, (inner) => {
      if (ts.isVariableDeclaration(inner) && inner.initializer) found.push(inner);
    });
    declared.set(node, found);
  }
  return declared.get(node);
}

const declared = new Map();

/** The texts of an object's fields by name, where it stands there, or its name was handed on: `advice`. */
function fieldTexts(value, words) {
  if (ts.isObjectLiteralExpression(value)) {
    return [...fieldsOf(value)].map(([name, field]) => [name, textOf(field, words)]);
  }
  const literal = ts.isIdentifier(value) ? literalOf(value) : undefined;
  if (literal) return fieldTexts(literal, words);
  const inside = `${value.getText()}.`;
  const known = [...words].filter(([name]) => name.startsWith(inside));
  return known.map(([name, said]) => [name.slice(inside.length), said]);
}

/** `const got = isShort ? 'few bytes' : 'many'` within the function. */
function addConstants(home, words) {
  for (const { name, initializer } of declarationsIn(home.body ?? home)) {
    if (!ts.isIdentifier(name)) continue;
    const text = textOf(initializer, words);
    if (!words.has(name.text) && !/^‹[^›]*›$/.test(text)) words.set(name.text, text);
  }
}

/** The text of a constant of the same file, if it is one. */
function constantOf(name) {
  const file = name.getSourceFile();
  if (!constants.has(file)) constants.set(file, constantsIn(file));
  const initializer = constants.get(file).get(name.text);
  return initializer && ts.isStringLiteralLike(initializer) ? initializer.text : undefined;
}

const constants = new Map();

function constantsIn(file) {
  const declarations = file.statements.flatMap((statement) =>
    ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [],
  );
  // The first of a name counts: it comes last here.
  return new Map(declarations.reverse().map(({ name, initializer }) => [name.getText(), initializer]));
}

const lookedThrough = new Set();

/** The texts that are ever put into a list of the same file by `list.push(text)`; a list that is filled from itself has none. */
function pushedOnto(list) {
  const key = `${list.getSourceFile().fileName} ${list.getText()}`;
  if (lookedThrough.has(key)) return undefined;
  lookedThrough.add(key);
  const texts = textsPushedOnto(list);
  lookedThrough.delete(key);
  return texts;
}

function textsPushedOnto(list) {
  const texts = new Set();
  visit(list.getSourceFile(), (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== `${list.getText()}.push`) return;
    for (const words of waysInto(node, [])) texts.add(textOf(node.arguments[0], words));
  });
  return texts.size > 0 ? [...texts].join(' / ') : undefined;
}

/** The text of a string or template, with ‹what is put in› where something is, unless `words` knows it. */
function textOf(node, words) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression, words);
  if (ts.isIdentifier(node)) return words.get(node.text) ?? constantOf(node) ?? `‹${node.text}›`;
  if (ts.isTemplateExpression(node)) {
    return (
      node.head.text + node.templateSpans.map((span) => textOf(span.expression, words) + span.literal.text).join('')
    );
  }
  if (ts.isConditionalExpression(node)) {
    const [yes, no] = [textOf(node.whenTrue, words), textOf(node.whenFalse, words)];
    if (yes === '' || no === '') return `[${yes}${no}]`;
    return `${yes} / ${no}`;
  }
  const pushed = ts.isElementAccessExpression(node) ? pushedOnto(node.expression) : undefined;
  return pushed ?? `‹${plain(node)}›`;
}

/** Code as a name for what it gives: in one line, without a call that only writes it out. */
function plain(node) {
  if (!names.has(node)) names.set(node, nameFor(node));
  return names.get(node);
}

const names = new Map();

function nameFor(node) {
  const text = node
    .getText()
    .replace(/\s+/g, ' ')
    .replace(/^(?:formatShape|String|listed)\((.*)\)$/, '$1');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
