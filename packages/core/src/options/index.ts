export { checkOptions, type OptionNames, type Requirement } from './checkOptions.ts';
export { checkSurplus } from './checkSurplus.ts';
