import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { FixConfiguration } from '#domain/errors.ts';

/**
 * Makes sure that one supervisor at a time works on a home; a lock left by a dead one is taken over.
 *
 * @returns how to give the lock back
 * @throws FixConfiguration `supervisor.running` when another one is alive
 */
export function takeLock(file: string): () => void {
  if (!tryLock(file)) {
    const holder = Number(readFileSync(file, 'utf8'));
    if (isAlive(holder)) {
      const message = `Cannot start: Snowball is already running here (process ${holder}); stop it with Ctrl-C in its terminal, or set SNOWBALL_HOME to another folder`;
      throw new FixConfiguration('supervisor.running', message);
    }
    rmSync(file, { force: true });
    if (!tryLock(file))
      throw new FixConfiguration('supervisor.running', 'Cannot start: another start is under way; wait for it');
  }
  return () => rmSync(file, { force: true });
}

function tryLock(file: string): boolean {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
