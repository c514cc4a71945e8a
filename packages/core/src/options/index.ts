export { checkOptions, type OptionNames, type Requirement } from './checkOptions.ts';
