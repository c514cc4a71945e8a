/** Names that have a value of their own. A value that is given for the name goes before it. */
export const constants: ReadonlyMap<string, number | boolean | null> = new Map<string, number | boolean | null>([
  ['pi', Math.PI],
  ['π', Math.PI],
  ['e', Math.E],
  ['inf', Infinity],
  ['nan', Number.NaN],
  ['true', true],
  ['false', false],
  ['null', null],
]);
