/*
 * The types of numbers, as `TensorProto.dataType` counts them.
 */
export const elementTypes = { float: 1, int32: 6, int64: 7, bool: 9, float16: 10, double: 11, bfloat16: 16 } as const;

/** The types of whole numbers: uint8, int8, uint16, int16, int32, int64, uint32, uint64. */
export const integerTypes: ReadonlySet<number> = new Set([2, 3, 4, 5, 6, 7, 12, 13]);

/** What a type is called in messages. */
export function elementName(type: number | undefined): string {
  return names[type ?? 0] ?? `type ${type}`;
}

const names: readonly string[] = [
  'no type',
  ...['float', 'uint8', 'int8', 'uint16', 'int16', 'int32', 'int64', 'string', 'bool', 'float16', 'double'],
  ...['uint32', 'uint64', 'complex64', 'complex128', 'bfloat16'],
];
