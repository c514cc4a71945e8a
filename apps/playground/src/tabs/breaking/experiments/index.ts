import type { EndOf, ExperimentName } from '../ends.ts';
import type { Settings } from '../fields.ts';
import type { Result } from '../result.ts';
import { column } from './column.ts';
import { dead } from './dead.ts';
import { ignored } from './ignored.ts';
import { label } from './label.ts';
import { overflow } from './overflow.ts';
import { rate } from './rate.ts';
import { twice } from './twice.ts';
import { weights } from './weights.ts';

/** Each experiment, in the form that breaks and in the one that is mended. */
export const experiments: {
  readonly [Name in ExperimentName]: (
    settings: Settings,
    isMended: boolean,
  ) => Result<EndOf<Name>> | Promise<Result<EndOf<Name>>>;
} = { overflow, twice, label, column, weights, ignored, rate, dead };
