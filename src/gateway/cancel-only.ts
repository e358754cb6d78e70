import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SnowballError } from '#domain/errors.ts';
import { openJournal } from '#journal/open-journal.ts';
import type { Journal } from '#journal/journal.ts';
import { onParentGone, readBoot, writeReady } from '#link/boot-line.ts';
import { cancelSocket, configurationExitCode } from '#link/boot.ts';
import { homeLayout } from '#link/home-layout.ts';
import { TestbedClock } from './clock/testbed-clock.ts';
import { startCancelOnly, type CancelOnly } from './safety/start-cancel-only.ts';

/**
 * The second way to the broker, as a process: it can list orders and cancel them, with a lease that the gateway hands
 * over, and nothing else. It opens no vault and needs no journal: one that cannot be opened costs the record of what was
 * withdrawn, never the withdrawal (fail-open for cancels).
 */
let isEnding = false;

try {
  const boot = await readBoot();
  const clock = boot.testbed === null || boot.environment !== 'trial' ? null : new TestbedClock(boot.testbed.console);
  await clock?.start();
  const journal = await journalOf(boot.home);
  const cancelOnly = await startCancelOnly({
    socketPath: join(boot.runFolder, cancelSocket),
    tokenHashes: boot.tokenHashes,
    build: boot.build,
    clock: clock ?? { now: () => Temporal.Now.instant(), elapsedMs: () => performance.now() },
    journal,
    onFault: (error) => process.stderr.write(`${error instanceof SnowballError ? error.code : 'unexpected'}\n`),
  });
  const stop = (): void => void end(cancelOnly);
  onParentGone(stop);
  process.on('SIGTERM', stop);
  // Ctrl-C in the terminal is the supervisor's to handle.
  process.on('SIGINT', () => undefined);
  writeReady({});
} catch (error) {
  const code = error instanceof SnowballError ? `${error.message} [${error.code}]` : String(error);
  process.stderr.write(`${code}\n`);
  const isMendable = error instanceof SnowballError && error.nextStep === 'fix-configuration';
  process.exit(isMendable ? configurationExitCode : 1);
}

async function journalOf(home: string): Promise<Journal | null> {
  const { standby } = homeLayout(home);
  try {
    await mkdir(standby, { recursive: true, mode: 0o700 });
    return await openJournal({ file: join(standby, 'journal') });
  } catch (error) {
    process.stderr.write(`no record: ${error instanceof SnowballError ? error.code : 'unexpected'}\n`);
    return null;
  }
}

async function end(cancelOnly: CancelOnly): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await cancelOnly.close();
  process.exit(0);
}
