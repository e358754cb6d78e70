import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { FixConfiguration } from '#domain/errors.ts';
import type { Say } from './screen.ts';

/**
 * Makes sure that one supervisor at a time works on a home; a lock left by a dead one is taken over.
 *
 * @returns how to give the lock back
 * @throws FixConfiguration `supervisor.running` when another one is alive
 */
export function takeLock(file: string, say: Say): () => void {
  if (!tryLock(file)) {
    const holder = Number(readFileSync(file, 'utf8'));
    if (isAlive(holder)) {
      const korean = `이 폴더에서 이미 켜져 있어요(프로세스 ${holder}). 그 터미널에서 Ctrl-C로 멈추거나 SNOWBALL_HOME을 다른 폴더로 정해 주세요.`;
      const english = `Cannot start: Snowball is already running here (process ${holder}); stop it with Ctrl-C in its terminal, or set SNOWBALL_HOME to another folder.`;
      throw new FixConfiguration('supervisor.running', say(korean, english));
    }
    rmSync(file, { force: true });
    if (!tryLock(file)) {
      const korean = '다른 터미널에서 켜는 중이에요. 잠시 기다려 주세요.';
      throw new FixConfiguration('supervisor.running', say(korean, 'Cannot start: another start is under way; wait.'));
    }
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
