import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

/** Whether a process of that number is there, a finished one that nobody collected included. */
export function isAlive(pid: number | null): boolean {
  if (pid === null) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Everything below a process; the process alone where the system does not say. */
export function descendants(pid: number | null): readonly number[] {
  if (pid === null) return [];
  const tree = [pid];
  for (const one of tree) {
    const list = `/proc/${one}/task/${one}/children`;
    const children = existsSync(list) ? readFileSync(list, 'utf8').trim() : '';
    if (children !== '') tree.push(...children.split(' ').map(Number));
  }
  return tree;
}

/** A process that nobody has collected yet runs no more. */
function runs(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  if (!existsSync(stat)) return process.platform !== 'linux' && isAlive(pid);
  return readFileSync(stat, 'utf8').split(') ').at(-1)?.startsWith('Z') === false;
}

/** The kernel ends the children of a killed launcher a moment after it. */
export async function gone(tree: readonly number[]): Promise<void> {
  const giveUpAtMs = performance.now() + 2_000;
  while (tree.some(runs)) {
    assert.ok(performance.now() < giveUpAtMs, `still alive: ${tree.filter(runs).join()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
