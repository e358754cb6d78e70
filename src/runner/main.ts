import { SnowballError } from '#domain/errors.ts';
import { onParentGone, readBoot, writeReady } from '#link/boot-line.ts';
import { configurationExitCode } from '#link/boot.ts';
import { startRunner, type Runner } from './runner.ts';

/** The runner's process: started by the supervisor, ends with it. Ends with code 78 when only the person can mend it. */
let isEnding = false;

try {
  const boot = await readBoot();
  const runner = await startRunner(boot);
  onParentGone(() => void end(runner));
  process.on('SIGTERM', () => void end(runner));
  // Ctrl-C in the terminal is the supervisor's to handle.
  process.on('SIGINT', () => undefined);
  writeReady({});
} catch (error) {
  if (!(error instanceof SnowballError)) throw error;
  process.stderr.write(`${error.message} [${error.code}]\n`);
  process.exit(error.nextStep === 'fix-configuration' ? configurationExitCode : 1);
}

async function end(runner: Runner): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await runner.close();
  process.exit(0);
}
