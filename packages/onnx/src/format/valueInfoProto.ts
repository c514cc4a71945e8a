import { describe } from './describe.ts';
import { message, messages, text, whole } from './field.ts';

/** The length of one axis: a number, or a name for one that is not known, such as `batch`. */
export interface Dimension {
  dimValue: number | undefined;
  dimParam: string;
}

const dimension = describe<Dimension>(
  () => ({ dimValue: undefined, dimParam: '' }),
  [whole(1, 'dimValue'), text(2, 'dimParam')],
);

interface TensorShapeProto {
  dim: Dimension[];
}

const tensorShapeProto = describe<TensorShapeProto>(() => ({ dim: [] }), [messages(1, 'dim', dimension)]);

interface TensorType {
  elemType: number | undefined;
  shape: TensorShapeProto | undefined;
}

const tensorType = describe<TensorType>(
  () => ({ elemType: undefined, shape: undefined }),
  [whole(1, 'elemType'), message(2, 'shape', tensorShapeProto)],
);

/** The type of a value; those other than tensors, which CNNs do not have, read as a type without one. */
interface TypeProto {
  tensorType: TensorType | undefined;
}

const typeProto = describe<TypeProto>(() => ({ tensorType: undefined }), [message(1, 'tensorType', tensorType)]);

/** A value of the graph: its name, its type and its shape. */
export interface ValueInfoProto {
  name: string;
  type: TypeProto | undefined;
}

export const valueInfoProto = describe<ValueInfoProto>(
  () => ({ name: '', type: undefined }),
  [text(1, 'name'), message(2, 'type', typeProto)],
);
