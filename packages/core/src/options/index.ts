export { checkOptions, type OptionNames, type Requirement } from './checkOptions.ts';
export { nearestName } from './nearestName.ts';
