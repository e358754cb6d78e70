import { SnowballError } from '#domain/errors.ts';
import { onParentGone, readBoot, writeReady } from '#link/boot-line.ts';
import { configurationExitCode, type Boot } from '#link/boot.ts';
import { homeLayout } from '#link/home-layout.ts';
import { startWatchdog, type RunningWatchdog, type StartOptions } from './start-watchdog.ts';
import { standaloneOptions } from './standalone-options.ts';
import { openWatchLog } from './watch-log.ts';

/**
 * The watchdog as a process. The supervisor starts it with a boot line; alone, as a unit of its own, it is given the
 * home as its one argument and finds its capability in the run folder.
 */
let isEnding = false;

try {
  const [home] = process.argv.slice(2);
  const options = home === undefined ? fromBoot(await readBoot()) : await standaloneOptions(home);
  const note = openWatchLog(homeLayout(options.home).watch);
  const watchdog = await startWatchdog({ ...options, note });
  const stop = (): void => void end(watchdog);
  process.on('SIGTERM', stop);
  // Ctrl-C in the terminal is the supervisor's to handle; alone it is nobody else's.
  process.on('SIGINT', () => (home === undefined ? undefined : stop()));
  if (home === undefined) {
    onParentGone(stop);
    writeReady({});
  }
} catch (error) {
  process.stderr.write(`${error instanceof SnowballError ? `${error.message} [${error.code}]` : String(error)}\n`);
  const isMendable = error instanceof SnowballError && error.nextStep === 'fix-configuration';
  process.exit(isMendable ? configurationExitCode : 1);
}

function fromBoot(boot: Boot): Omit<StartOptions, 'note'> {
  const { config, alertsOnLoopback, firstAuditMs } = boot.options;
  return {
    ...boot,
    config: typeof config === 'string' ? config : null,
    alertsOnLoopback: alertsOnLoopback === true,
    ...(typeof firstAuditMs === 'number' ? { firstAuditMs } : {}),
  };
}

async function end(watchdog: RunningWatchdog): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await watchdog.close();
  process.exit(0);
}
