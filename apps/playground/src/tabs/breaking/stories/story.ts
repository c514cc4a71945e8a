import type { EndOf, ExperimentName } from '../ends.ts';

/** What the page says about an experiment. */
export interface Story<End extends string> {
  readonly title: string;
  /** The setting, in a sentence or two. */
  readonly setting: string;
  readonly question: string;
  /** What each way to end is called. */
  readonly ends: Readonly<Record<End, string>>;
  /** Why it ends as it does. */
  readonly why: string;
  /** The way out. */
  readonly mend: string;
}

export type Stories = { readonly [Name in ExperimentName]: Story<EndOf<Name>> };
