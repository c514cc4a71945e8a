export { OnnxError } from './errors.ts';
export { type ExportOptions, exportOnnx } from './export/exportOnnx.ts';
export { type Float, float, type GraphWriter, type NodeAttributes } from './export/graphWriter.ts';
export {
  exporting,
  type JoinPosition,
  type LayerContext,
  type LayerExport,
  type ValueNames,
} from './export/layerExport.ts';
export type { ExternalBytes } from './import/externalData.ts';
export { type Imported, type ImportedModel, type ImportOptions, importOnnx } from './import/importOnnx.ts';
