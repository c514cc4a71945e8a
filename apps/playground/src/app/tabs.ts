import type { ComponentType } from 'preact';

/** The parts of the page. Each is loaded when somebody opens it. */
export const tabs = {
  steps: () => import('../tabs/steps/StepsTab.tsx').then((module) => module.StepsTab),
  losses: () => import('../tabs/losses/LossesTab.tsx').then((module) => module.LossesTab),
  distributions: () => import('../tabs/distributions/DistributionsTab.tsx').then((module) => module.DistributionsTab),
  expression: () => import('../tabs/expression/ExpressionTab.tsx').then((module) => module.ExpressionTab),
  breaking: () => import('../tabs/breaking/BreakingTab.tsx').then((module) => module.BreakingTab),
  margins: () => import('../tabs/margins/MarginsTab.tsx').then((module) => module.MarginsTab),
  layers: () => import('../tabs/layers/LayersTab.tsx').then((module) => module.LayersTab),
  depth: () => import('../tabs/depth/DepthTab.tsx').then((module) => module.DepthTab),
  optimisers: () => import('../tabs/optimisers/OptimisersTab.tsx').then((module) => module.OptimisersTab),
  convolution: () => import('../tabs/convolution/ConvolutionTab.tsx').then((module) => module.ConvolutionTab),
  training: () => import('../tabs/training/TrainingTab.tsx').then((module) => module.TrainingTab),
} satisfies Readonly<Record<string, () => Promise<ComponentType>>>;

export type TabName = keyof typeof tabs;

/** The tabs as their links stand, by what they are about: each in one group. */
export const tabGroups = {
  aboutLosses: ['steps', 'expression', 'losses', 'margins', 'distributions'],
  aboutLayers: ['layers', 'convolution', 'depth'],
  aboutTraining: ['training', 'optimisers', 'breaking'],
} as const satisfies Readonly<Record<string, readonly TabName[]>>;

export type GroupName = keyof typeof tabGroups;

export const groupNames = Object.keys(tabGroups) as GroupName[];

const tabNames = Object.keys(tabs) as TabName[];

/** The tab that an address names; the first where it names none. */
export function tabOf(name: string): TabName {
  return tabNames.find((known) => known === name) ?? 'steps';
}
