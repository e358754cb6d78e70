import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The fault console's address as the command line finds it. */
export interface AnnouncedConsole {
  /** Takes the file away again; the console is about to end. */
  withdraw(): void;
}

/** Name of the file in the testbed's folder. */
const consoleFile = 'console-address';

/**
 * Writes the address of the running fault console to `<home>/console-address`, for the owner alone. A file that a killed
 * testbed left behind names a port where nobody answers, and the next start writes over it.
 */
export function announceConsole(home: string, url: string): AnnouncedConsole {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const path = join(home, consoleFile);
  writeFileSync(path, `${url}\n`, { mode: 0o600 });
  return { withdraw: () => rmSync(path, { force: true }) };
}
