import { OnnxError } from '../errors.ts';
import { type AttributeProto, attributeTypes } from '../format/modelProto.ts';
import { meantBy } from './halves.ts';
import { joined } from './numbers.ts';

/**
 * The options of a node. Each must be asked for before `checkRead`, or it is one that the import does not know, and leaving
 * it out would mean something else.
 */
export class Attributes {
  readonly #node: string;
  readonly #byName: ReadonlyMap<string, AttributeProto>;
  readonly #read = new Set<string>();

  /** @param node what to call the node in messages */
  constructor(node: string, attributes: readonly AttributeProto[]) {
    this.#node = node;
    this.#byName = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** A number with a fraction. */
  float(name: string, fallback: number): number {
    const attribute = this.get(name, attributeTypes.float);
    return attribute ? meantBy(attribute.f ?? 0) : fallback;
  }

  /** A whole number. */
  whole(name: string, fallback: number): number {
    const value = this.get(name, attributeTypes.int)?.i;
    if (value === undefined) return this.has(name) ? 0 : fallback;
    if (!Number.isSafeInteger(value)) throw this.refuse(name, `${value}`, 'a number up to 2^53');
    return value;
  }

  /** A list of whole numbers; of as many as `length` where that is given. */
  wholes(name: string, fallback: readonly number[], length?: number): readonly number[] {
    const list = this.get(name, attributeTypes.ints)?.ints ?? fallback;
    if (!list.every(Number.isSafeInteger)) throw this.refuse(name, 'a number beyond 2^53', 'numbers up to 2^53');
    if (length !== undefined && list.length !== length) {
      throw this.refuse(name, `${list.length} numbers`, `${length} of them`);
    }
    return list;
  }

  /** A list of whole numbers, in which one that is far too large stands for the end; 2^63 − 1 comes as the nearest number. */
  bounds(name: string): readonly number[] | undefined {
    return this.get(name, attributeTypes.ints)?.ints;
  }

  /** One of some words. */
  word<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const attribute = this.get(name, attributeTypes.string);
    if (!attribute) return words[0];
    const found = new TextDecoder().decode(attribute.s);
    const word = words.find((each) => each === found);
    if (word === undefined) throw this.refuse(name, JSON.stringify(found.slice(0, 40)), words.join(' or '));
    return word;
  }

  /** A text that may be any. */
  letters(name: string): string {
    return new TextDecoder().decode(this.get(name, attributeTypes.string)?.s);
  }

  /** A number that has to be the one that is built in here. */
  only(name: string, wanted: number): void {
    const attribute = this.get(name);
    if (!attribute) return;
    const value = attribute.type === attributeTypes.float ? meantBy(attribute.f ?? 0) : (attribute.i ?? 0);
    if (value !== wanted) throw this.refuse(name, `${value}`, `${wanted}`);
  }

  /** Looks away from an option that changes nothing in use. */
  ignore(name: string): void {
    this.#read.add(name);
  }

  /** Numbers with a fraction. */
  floats(name: string): Float32Array | undefined {
    const attribute = this.get(name, attributeTypes.floats);
    return attribute && new Float32Array(joined(attribute.floats).buffer);
  }

  /** The attribute of that name, which must be of that type. */
  get(name: string, type?: number): AttributeProto | undefined {
    this.#read.add(name);
    const attribute = this.#byName.get(name);
    if (!attribute || type === undefined || attribute.type === type) return attribute;
    throw this.refuse(name, `an attribute of type ${attribute.type ?? 'none'}`, `type ${type}`);
  }

  /** All options as one text: two nodes of which it is the same have the same options. */
  get text(): string {
    const all = [...this.#byName].sort(([one], [other]) => (one < other ? -1 : 1));
    return JSON.stringify(
      all.map(([name, { f, i, s, floats, ints }]) => [
        name,
        f,
        i,
        s && [...s],
        floats.map((piece) => [...piece]),
        ints,
      ]),
    );
  }

  /** @throws OnnxError when there is an option that nobody asked for */
  checkRead(): void {
    const unknown = [...this.#byName.keys()].find((name) => !this.#read.has(name));
    if (unknown !== undefined) throw this.refuse(unknown, 'this option', 'options that tapegrad has too');
  }

  refuse(name: string, got: string, wanted: string): OnnxError {
    return new OnnxError({
      operation: this.#node,
      got: `${name}: ${got}`,
      wanted,
      remedy: 'Export the model without it, or replace the layer before the export',
    });
  }
}
