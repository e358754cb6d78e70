import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const fileBytesMax = 1024 * 1024;

/**
 * What the watchdog saw and did, one JSON line each in `<folder>/log`, 0600; above 1 MiB the file is set aside as
 * `log.1`, over an earlier one. A disk that takes nothing costs the line and never the deed.
 */
export function openWatchLog(folder: string): (event: string, facts: Readonly<Record<string, unknown>>) => void {
  const file = join(folder, 'log');
  return (event, facts) => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > fileBytesMax) renameSync(file, `${file}.1`);
      const line = JSON.stringify({ at: new Date().toISOString(), event, ...facts });
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    } catch (error) {
      process.stderr.write(`cannot write the log: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  };
}
