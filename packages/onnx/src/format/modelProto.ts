import { describe } from './describe.ts';
import { bytes, float, message, messages, pieces, text, texts, whole, wholes } from './field.ts';
import { type StringStringEntryProto, stringStringEntryProto, type TensorProto, tensorProto } from './tensorProto.ts';
import { type ValueInfoProto, valueInfoProto } from './valueInfoProto.ts';

/*
 * The messages of onnx.proto that a CNN needs, under the names and numbers that the format gives them. Attributes that are
 * graphs, tensors in a list or types belong to no operation that is known here; their fields are skipped.
 */

/** What `AttributeProto.type` says. */
export const attributeTypes = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7 } as const;

/** An option of a node. */
export interface AttributeProto {
  name: string;
  f: number | undefined;
  i: number | undefined;
  s: Uint8Array | undefined;
  t: TensorProto | undefined;
  floats: Uint8Array[];
  ints: number[];
  type: number | undefined;
}

export const emptyAttribute = (): AttributeProto => ({
  name: '',
  f: undefined,
  i: undefined,
  s: undefined,
  t: undefined,
  floats: [],
  ints: [],
  type: undefined,
});

const attributeProto = describe<AttributeProto>(emptyAttribute, [
  text(1, 'name'),
  float(2, 'f'),
  whole(3, 'i'),
  bytes(4, 's'),
  message(5, 't', tensorProto),
  pieces(7, 'floats', 4),
  wholes(8, 'ints'),
  whole(20, 'type'),
]);

/** One operation of a graph: values by name in and out. */
export interface NodeProto {
  input: string[];
  output: string[];
  name: string;
  opType: string;
  attribute: AttributeProto[];
  domain: string;
}

const nodeProto = describe<NodeProto>(
  () => ({ input: [], output: [], name: '', opType: '', attribute: [], domain: '' }),
  [
    texts(1, 'input'),
    texts(2, 'output'),
    text(3, 'name'),
    text(4, 'opType'),
    messages(5, 'attribute', attributeProto),
    text(7, 'domain'),
  ],
);

/** Nodes, each behind those whose outputs it takes, and the constants among their inputs. */
export interface GraphProto {
  node: NodeProto[];
  name: string;
  initializer: TensorProto[];
  input: ValueInfoProto[];
  output: ValueInfoProto[];
  valueInfo: ValueInfoProto[];
}

const graphProto = describe<GraphProto>(
  () => ({ node: [], name: '', initializer: [], input: [], output: [], valueInfo: [] }),
  [
    messages(1, 'node', nodeProto),
    text(2, 'name'),
    messages(5, 'initializer', tensorProto),
    messages(11, 'input', valueInfoProto),
    messages(12, 'output', valueInfoProto),
    messages(13, 'valueInfo', valueInfoProto),
  ],
);

/** Which version of which set of operations a model is written in. */
export interface OperatorSetIdProto {
  domain: string;
  version: number | undefined;
}

const operatorSetIdProto = describe<OperatorSetIdProto>(
  () => ({ domain: '', version: undefined }),
  [text(1, 'domain'), whole(2, 'version')],
);

/** A whole file. */
export interface ModelProto {
  irVersion: number | undefined;
  producerName: string;
  producerVersion: string;
  docString: string;
  graph: GraphProto | undefined;
  opsetImport: OperatorSetIdProto[];
  metadataProps: StringStringEntryProto[];
}

export const modelProto = describe<ModelProto>(
  () => ({
    irVersion: undefined,
    producerName: '',
    producerVersion: '',
    docString: '',
    graph: undefined,
    opsetImport: [],
    metadataProps: [],
  }),
  [
    whole(1, 'irVersion'),
    text(2, 'producerName'),
    text(3, 'producerVersion'),
    text(6, 'docString'),
    message(7, 'graph', graphProto),
    messages(8, 'opsetImport', operatorSetIdProto),
    messages(14, 'metadataProps', stringStringEntryProto),
  ],
);
