export { checkOptions, type OptionNames, type Requirement } from './checkOptions.ts';
export { checkSurplus } from './checkSurplus.ts';
export { nearestName } from './nearestName.ts';
