import { readFile } from '../format/file.ts';
import type { TensorProto } from '../format/tensorProto.ts';
import { entryOf, isExternal } from './externalData.ts';

/**
 * The files beside an ONNX file in which its weights stand, by their names in the folder of the file.
 *
 * @throws OnnxError when the file is damaged, or a name leads out of its folder
 */
export function externalLocations(bytes: Uint8Array): readonly string[] {
  const { graph } = readFile(bytes);
  const inNodes = (graph?.node ?? []).flatMap(({ attribute }) => attribute.flatMap(({ t }) => (t ? [t] : [])));
  const tensors: readonly TensorProto[] = [...(graph?.initializer ?? []), ...inNodes];
  const locations = tensors.filter(isExternal).map((tensor) => entryOf(tensor, tensor.name).location);
  return [...new Set(locations)];
}
