export { OnnxError } from './errors.ts';
export { type ExportOptions, exportOnnx } from './export/exportOnnx.ts';
export { type Imported, type ImportOptions, importOnnx } from './import/importOnnx.ts';
