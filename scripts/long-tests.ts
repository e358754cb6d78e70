/** The tests that take longest, longest first, as paths from the root. One that is missing here costs only time. */
export const longTests: readonly string[] = [
  'tests/crash-steps.test.ts',
  'src/gateway/full-day-reads.test.ts',
  'src/gateway/full-day.test.ts',
  'src/gateway/simulation.test.ts',
  'tests/house-safety.test.ts',
  'tests/canary.test.ts',
  'tests/crash.test.ts',
  'tests/first-day.test.ts',
  'tests/browser/person.test.ts',
  'tests/browser/pages.test.ts',
  'src/gateway/main.test.ts',
  'src/runner/sandbox/sandbox.test.ts',
  'src/vault/power-loss.test.ts',
  'src/gateway/blast-radius.t10.test.ts',
  'tests/terminal.test.ts',
];
