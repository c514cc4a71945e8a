import { describe } from './describe.ts';
import { bytes, messages, pieces, text, whole, wholes } from './field.ts';

/** A text by a text. */
export interface StringStringEntryProto {
  key: string;
  value: string;
}

export const stringStringEntryProto = describe<StringStringEntryProto>(
  () => ({ key: '', value: '' }),
  [text(1, 'key'), text(2, 'value')],
);

/** A constant tensor. Its numbers stand in `rawData`, little-endian, or in the list for its type. */
export interface TensorProto {
  dims: number[];
  dataType: number | undefined;
  floatData: Uint8Array[];
  /** Also float16, as its bits, and small whole numbers. */
  int32Data: number[];
  int64Data: number[];
  name: string;
  rawData: Uint8Array | undefined;
  doubleData: Uint8Array[];
  /** Where the numbers stand if they are not in the file. */
  externalData: StringStringEntryProto[];
  /** 1 if they are not. */
  dataLocation: number | undefined;
}

export const emptyTensor = (): TensorProto => ({
  dims: [],
  dataType: undefined,
  floatData: [],
  int32Data: [],
  int64Data: [],
  name: '',
  rawData: undefined,
  doubleData: [],
  externalData: [],
  dataLocation: undefined,
});

export const tensorProto = describe<TensorProto>(emptyTensor, [
  wholes(1, 'dims'),
  whole(2, 'dataType'),
  pieces(4, 'floatData', 4),
  wholes(5, 'int32Data'),
  wholes(7, 'int64Data'),
  text(8, 'name'),
  bytes(9, 'rawData'),
  pieces(10, 'doubleData', 8),
  messages(13, 'externalData', stringStringEntryProto),
  whole(14, 'dataLocation'),
]);
