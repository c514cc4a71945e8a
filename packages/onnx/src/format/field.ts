import type { Reader, Writer } from 'protobufjs/minimal.js';
import type { Budget } from './budget.ts';

/**
 * One field of a message: its number in the format, and how it is read into an object and written from one. A field of
 * another wire type than its own is left unread, as the format asks for.
 */
export interface Field<Message> {
  readonly number: number;
  /** @returns whether it could be read */
  readonly read: (reader: Reader, wireType: number, message: Message, budget: Budget) => boolean;
  readonly write: (writer: Writer, message: Message) => void;
}

/** How a value lies in the bytes: see protobuf.dev/programming-guides/encoding. */
const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** A text in UTF-8; one that is missing is empty. */
export function text<Name extends string>(number: number, name: Name): Field<Record<Name, string>> {
  return single(number, wire.bytes, {
    read: (reader, message) => {
      message[name] = reader.string();
    },
    write: (writer, message) => {
      if (message[name] !== '') writer.uint32(tag(number, wire.bytes)).string(message[name]);
    },
  });
}

/** Any number of texts. */
export function texts<Name extends string>(number: number, name: Name): Field<Record<Name, string[]>> {
  return single(number, wire.bytes, {
    read: (reader, message) => {
      message[name].push(reader.string());
    },
    write: (writer, message) => {
      for (const value of message[name]) writer.uint32(tag(number, wire.bytes)).string(value);
    },
  });
}

/** A whole number of up to 64 bits; one beyond 2^53 comes as the nearest number that there is. */
export function whole<Name extends string>(number: number, name: Name): Field<Record<Name, number | undefined>> {
  return single(number, wire.varint, {
    read: (reader, message) => {
      message[name] = readWhole(reader);
    },
    write: (writer, message) => {
      const value = message[name];
      if (value !== undefined) writer.uint32(tag(number, wire.varint)).int64(value);
    },
  });
}

/** Any number of whole numbers, packed into one piece or one by one; written one by one. */
export function wholes<Name extends string>(number: number, name: Name): Field<Record<Name, number[]>> {
  return {
    number,
    read: (reader, wireType, message, budget) => {
      if (wireType !== wire.varint && wireType !== wire.bytes) return false;
      const end = wireType === wire.bytes ? endOf(reader) : reader.pos + 1;
      while (reader.pos < end) {
        budget.spend(1);
        message[name].push(readWhole(reader));
      }
      if (wireType === wire.bytes && reader.pos !== end) throw new RangeError(`a number across byte ${end}`);
      return true;
    },
    write: (writer, message) => {
      for (const value of message[name]) writer.uint32(tag(number, wire.varint)).int64(value);
    },
  };
}

/** A float32. */
export function float<Name extends string>(number: number, name: Name): Field<Record<Name, number | undefined>> {
  return single(number, wire.fixed32, {
    read: (reader, message) => {
      message[name] = reader.float();
    },
    write: (writer, message) => {
      const value = message[name];
      if (value !== undefined) writer.uint32(tag(number, wire.fixed32)).float(value);
    },
  });
}

/** Bytes as they are: a view of the file, not a copy. */
export function bytes<Name extends string>(number: number, name: Name): Field<Record<Name, Uint8Array | undefined>> {
  return single(number, wire.bytes, {
    read: (reader, message) => {
      message[name] = reader.bytes();
    },
    write: (writer, message) => {
      const value = message[name];
      if (value !== undefined) writer.uint32(tag(number, wire.bytes)).bytes(value);
    },
  });
}

/**
 * Numbers of `width` bytes each, packed or one by one, as the pieces of the file in which they lie: they may be millions,
 * and become numbers in one go.
 */
export function pieces<Name extends string>(
  number: number,
  name: Name,
  width: 4 | 8,
): Field<Record<Name, Uint8Array[]>> {
  const one = width === 4 ? wire.fixed32 : wire.fixed64;
  return {
    number,
    read: (reader, wireType, message, budget) => {
      if (wireType !== one && wireType !== wire.bytes) return false;
      budget.spend(1);
      const end = wireType === wire.bytes ? endOf(reader) : reader.pos + width;
      if (end > reader.len) throw new RangeError(`${width} bytes at ${reader.pos} of ${reader.len}`);
      message[name].push(reader.raw(reader.pos, end));
      reader.pos = end;
      return true;
    },
    write: (writer, message) => {
      for (const piece of message[name]) writer.uint32(tag(number, wire.bytes)).bytes(piece);
    },
  };
}

/** How a whole message is read and written. */
export interface Described<Message> {
  /** Reads a message that ends at byte `end`. */
  readonly read: (reader: Reader, end: number, budget: Budget) => Message;
  readonly write: (writer: Writer, message: Message) => void;
}

/** A message of `described` within another one; of several, the last one counts. */
export function message<Name extends string, Inner>(
  number: number,
  name: Name,
  described: Described<Inner>,
): Field<Record<Name, Inner | undefined>> {
  return {
    number,
    read: (reader, wireType, outer, budget) => {
      if (wireType !== wire.bytes) return false;
      outer[name] = described.read(reader, endOf(reader), budget);
      return true;
    },
    write: (writer, outer) => {
      const inner = outer[name];
      if (inner !== undefined) writeInner(writer, number, described, inner);
    },
  };
}

/** Any number of messages of `described` within another one. */
export function messages<Name extends string, Inner>(
  number: number,
  name: Name,
  described: Described<Inner>,
): Field<Record<Name, Inner[]>> {
  return {
    number,
    read: (reader, wireType, outer, budget) => {
      if (wireType !== wire.bytes) return false;
      outer[name].push(described.read(reader, endOf(reader), budget));
      return true;
    },
    write: (writer, outer) => {
      for (const inner of outer[name]) writeInner(writer, number, described, inner);
    },
  };
}

function writeInner<Inner>(writer: Writer, number: number, described: Described<Inner>, inner: Inner): void {
  writer.uint32(tag(number, wire.bytes)).fork();
  described.write(writer, inner);
  writer.ldelim();
}

interface Single<Message> {
  readonly read: (reader: Reader, message: Message) => void;
  readonly write: (writer: Writer, message: Message) => void;
}

function single<Message>(number: number, wireType: number, { read, write }: Single<Message>): Field<Message> {
  return {
    number,
    read: (reader, found, message, budget) => {
      if (found !== wireType) return false;
      budget.spend(1);
      read(reader, message);
      return true;
    },
    write,
  };
}

/** Reads a length, and returns where what is so long ends. */
function endOf(reader: Reader): number {
  const length = reader.size();
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError(`${length} bytes at ${reader.pos} of ${reader.len}`);
  return end;
}

function readWhole(reader: Reader): number {
  const { high, low } = reader.int64();
  return high * 2 ** 32 + (low >>> 0);
}

/** What stands in front of a field: its number and its wire type. */
function tag(number: number, wireType: number): number {
  return number * 8 + wireType;
}
