export type { Formula, FormulaTable, InputFormulas } from '@tapegrad/core/formulas';
export { type Agreement, agreementOf, unitInTheLastPlace, unitsBetween } from './derivation/agreement.ts';
export { type ExplainOptions, explain } from './derivation/explain.ts';
export type {
  Explanation,
  GradientExplanation,
  Jacobian,
  LongFormExplanation,
  PassedExplanation,
  StepExplanation,
  ValueExplanation,
} from './derivation/explanation.ts';
export { explanationToJson } from './derivation/json.ts';
export { explanationToMarkdown } from './derivation/markdown.ts';
export { explanationToText, type RenderingOptions } from './derivation/text.ts';
export { type DescribeOptions, describeTape } from './description/describeTape.ts';
export type {
  ContributionDescription,
  NumbersDescription,
  PassedDescription,
  StepDescription,
  TapeDescription,
} from './description/description.ts';
export { formulasOf, type KnownFormulas } from './formulas/formulasOf.ts';
export { type HistoryPictureOptions, historyToSvg } from './history/historyToSvg.ts';
export type { TrainingHistory } from './history/panels.ts';
export { operationsWithLongForm } from './longForms/longFormsOf.ts';
export { type CardLine, type CardLineKind, passedText, stepCard } from './notation/card.ts';
export type { Direction, PictureOptions } from './notation/direction.ts';
export { formatNumber, formatNumbers, summarise } from './notation/numbers.ts';
export { cotangentColour, valueColour } from './notation/palette.ts';
export { stepOptions, stepRow, stepTitle } from './notation/step.ts';
export type { Box, Point, Size } from './picture/boxes.ts';
export {
  type EdgeLayout,
  type LayerLayout,
  type LayoutOptions,
  layoutTape,
  type StepLayout,
  type TapeLayout,
} from './picture/layout.ts';
export { arrowHead, pathThrough } from './picture/path.ts';
export { toDot } from './views/dot.ts';
export { fromJson, toJson } from './views/json.ts';
export { toMermaid } from './views/mermaid.ts';
export { type SvgOptions, toSvg } from './views/svg.ts';
export { type TextOptions, toText } from './views/text.ts';
