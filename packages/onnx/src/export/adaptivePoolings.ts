import { part, reduction } from './axes.ts';
import type { LayerContext } from './layerExport.ts';

/**
 * A pooling into cells. Cells of one size are windows side by side. Others ONNX does not have: then each cell of an axis is cut
 * out, made one number, and they are put together again, one axis after the other. A mean of means is the mean of all here,
 * since the cells of a row are equally high.
 */
export function adaptivePool(context: LayerContext, kind: 'Average' | 'Max'): string {
  const { name, input, inputShape, outputShape, graph } = context;
  const [lengths, cells] = [inputShape.slice(1), outputShape.slice(1)];
  if (cells.every((count) => count === 1)) return graph.node(name, `Global${kind}Pool`, [input]);
  if (lengths.some((length, axis) => length % cells[axis] !== 0)) return axisByAxis(context, kind);
  const size = lengths.map((length, axis) => length / cells[axis]);
  return graph.node(name, `${kind}Pool`, [input], { kernel_shape: size, strides: size });
}

function axisByAxis({ name, input, inputShape, outputShape, graph }: LayerContext, kind: 'Average' | 'Max'): string {
  const by = kind === 'Average' ? 'mean' : 'max';
  return outputShape.slice(1).reduce((before, count, at) => {
    const [axis, length] = [at + 2, inputShape[at + 1]];
    const cells = Array.from({ length: count }, (_, cell) => {
      const [start, end] = [Math.floor((cell * length) / count), Math.ceil(((cell + 1) * length) / count)];
      const cut = part(graph, `${name}.${axis}.${cell}.cut`, before, { axis, start, end });
      return reduction(graph, `${name}.${axis}.${cell}`, cut, { by, axes: [axis], keepDims: true });
    });
    const isLast = axis === outputShape.length;
    return graph.node(isLast ? name : `${name}.${axis}`, 'Concat', cells, { axis });
  }, input);
}
