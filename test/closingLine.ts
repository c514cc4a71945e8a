import type { Reporter, TestModule } from 'vitest/node';

/** Ends the output of a test run with one plain line, `N passed, N failed`, for people and programs alike. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      // A file that could not be loaded has no tests, and must not look like success.
      if (module.errors().length > 0) counts.failed++;
      // Nor have those of a suite whose set-up failed been run.
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) counts.failed++;
      for (const test of module.children.allTests()) counts[test.result().state]++;
    }
    if (counts.skipped > 0) console.log(`${counts.skipped} skipped: see above for what they need`);
    console.log(`${counts.passed} passed, ${counts.failed} failed`);
  }
}
