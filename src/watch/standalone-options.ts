import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RetryLater } from '#domain/errors.ts';
import { runFolderOf, watchdogTokenFile } from '#link/run-folder.ts';
import type { StartOptions } from './start-watchdog.ts';

/**
 * What a watchdog that nobody handed a boot line finds in the home's run folder: the capability, the build and the path
 * of `snowball.yaml` that the supervisor wrote there (0600) for a watchdog apart from the house, one a line.
 *
 * @throws RetryLater `watch.no-token` while the house has not started
 */
export async function standaloneOptions(home: string): Promise<Omit<StartOptions, 'note'>> {
  const runFolder = runFolderOf(home);
  const file = join(runFolder, watchdogTokenFile);
  try {
    const [token = '', build = '', config = ''] = (await readFile(file, 'utf8')).split('\n');
    return { home, runFolder, token, build, ...(config === '' ? {} : { config }) };
  } catch (cause) {
    throw new RetryLater('watch.no-token', `Cannot watch "${home}": "${file}" cannot be read, wanted a started house`, {
      cause,
    });
  }
}
