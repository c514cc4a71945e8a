import type { TestProject } from 'vitest/node';
import { hasBrowser } from '../../../test/browser/chromium.ts';
import { buildPage, type Files } from './build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The page, built once for all test files of a run. */
    page: Files;
  }
}

/** Builds the page before the first of its test files runs. */
export default async function setup(project: TestProject): Promise<void> {
  if (hasBrowser) project.provide('page', await buildPage());
}
