export type {
  ContributionDescription,
  NumbersDescription,
  PassedDescription,
  StepDescription,
  TapeDescription,
} from './description/description.ts';
