import type { Described, Field } from './field.ts';

/**
 * A message by its fields. Fields that are not listed are skipped, as the format asks for: files of later versions stay
 * readable.
 *
 * @param empty makes a message without anything
 */
export function describe<Message>(empty: () => Message, fields: readonly Field<Message>[]): Described<Message> {
  const byNumber = new Map(fields.map((field) => [field.number, field]));
  return {
    read: (reader, end, budget) => {
      budget.spend(1);
      const message = empty();
      // The reader must not look behind the message, whatever the lengths within it say.
      const outerEnd = reader.len;
      reader.len = end;
      while (reader.pos < end) {
        const tag = reader.tag();
        const [number, wireType] = [tag >>> 3, tag & 7];
        const isRead = byNumber.get(number)?.read(reader, wireType, message, budget) ?? false;
        if (!isRead) reader.skipType(wireType, 0, number);
      }
      if (reader.pos !== end) throw new RangeError(`a message that goes on behind byte ${end}`);
      reader.len = outerEnd;
      return message;
    },
    write: (writer, message) => {
      for (const field of fields) field.write(writer, message);
    },
  };
}
