import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

const reasonCharactersMax = 160;
/** Enough for so many characters of any alphabet; the rest of a longer file is not read. */
const reasonBytesMax = 4 * reasonCharactersMax;
const lookEveryMs = 100;

/** The file whose appearance halts: anybody who may write into the home may make it, with whatever program is at hand. */
export function haltFileOf(home: string): string {
  return join(home, 'HALT');
}

/**
 * The reason that stands in the halt file: its first 160 printable characters, or a word for an empty or unreadable one,
 * which halts just the same. Null when there is no such file.
 */
export function readHaltFile(home: string): string | null {
  try {
    return `file HALT: ${wordsOf(haltFileOf(home)) || 'no reason given'}`;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    // Something by that name that cannot be read, a folder included, was put there to stop us.
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : `file HALT: cannot be read (${String(code)})`;
  }
}

/** Calls back with the reason each time the file appears, at once when it is there already. Looks ten times a second. */
export function watchHaltFile(home: string, onHalt: (reason: string) => void): { stop(): void } {
  let isThere = false;
  const look = (): void => {
    const reason = readHaltFile(home);
    if (reason !== null && !isThere) onHalt(reason);
    isThere = reason !== null;
  };
  look();
  const timer = setInterval(look, lookEveryMs);
  return { stop: () => clearInterval(timer) };
}

/** Never waits for a writer, were it a pipe. */
function wordsOf(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const bytes = Buffer.alloc(reasonBytesMax);
    const text = bytes.subarray(0, readSync(descriptor, bytes)).toString('utf8');
    return text
      .replaceAll(/[^\p{L}\p{N}\p{P}\p{S}]+/gu, ' ')
      .trim()
      .slice(0, reasonCharactersMax);
  } finally {
    closeSync(descriptor);
  }
}
