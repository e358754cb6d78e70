import { SnowballError } from '#domain/errors.ts';
import { configurationExitCode } from '#link/boot.ts';

/** With which a gateway ends that failed. */
export const failureExitCode = 1;

/** Ends a process that could not start: one sentence with its code, and an exit code that says whether a person can mend it. */
export function endUnstarted(error: unknown): never {
  const isMendable = error instanceof SnowballError && error.nextStep === 'fix-configuration';
  const code = error instanceof SnowballError ? ` [${error.code}]` : '';
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${code}\n`);
  process.exit(isMendable ? configurationExitCode : failureExitCode);
}
