import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { FixConfiguration } from '#domain/errors.ts';

/** Where a clock keeps how far it has promised to have come. */
export interface ClockFile {
  /** The last promise, or null at the first start. */
  load(): Temporal.Instant | null;
  /** On disk before it returns. */
  save(reached: Temporal.Instant): void;
}

/**
 * `<home>/clock.json`, written beside and moved into place, so that it is whole at any moment.
 *
 * @throws FixConfiguration `testbed.clock-unreadable` when the file holds something else
 */
export function clockFile(home: string): ClockFile {
  const path = join(home, 'clock.json');
  return {
    load() {
      let text: string;
      try {
        text = readFileSync(path, 'utf8');
      } catch (cause) {
        if (isMissing(cause)) return null;
        throw unreadable(path, cause);
      }
      return decode(path, text);
    },
    save(reached) {
      mkdirSync(home, { recursive: true, mode: 0o700 });
      const beside = `${path}.next`;
      const file = openSync(beside, 'w', 0o600);
      writeSync(file, JSON.stringify({ reached: reached.toString() }));
      fsyncSync(file);
      closeSync(file);
      renameSync(beside, path);
    },
  };
}

function decode(path: string, text: string): Temporal.Instant {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'reached' in value && typeof value.reached === 'string') {
      return Temporal.Instant.from(value.reached);
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
  throw unreadable(path, null);
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}

function unreadable(path: string, cause: unknown): FixConfiguration {
  return new FixConfiguration(
    'testbed.clock-unreadable',
    `Cannot read the trial clock: "${path}" holds no time, wanted one that this program wrote. ` +
      'Move the trial folder away to start a new trial account.',
    { cause },
  );
}
