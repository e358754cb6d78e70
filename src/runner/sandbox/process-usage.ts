import { readFileSync } from 'node:fs';

/** What a process and everything below it use. */
export interface ProcessUsage {
  /** Resident bytes. */
  readonly residentBytes: number;
  /** Processor time since each of them began, in milliseconds. */
  readonly processorMs: number;
}

const pageBytes = 4_096;
/** Linux counts processor time in hundredths of a second for whoever reads /proc. */
const tickMs = 10;
/** A sandbox is its launcher, an init of its own and Node; more means that something is wrong, and is still counted so far. */
const processesMax = 32;

/**
 * Sums up the tree under `pid`, because a sandbox's launcher is not the process that eats. Null where /proc does not say:
 * on other systems, and when it has just ended.
 */
export function processUsage(pid: number): ProcessUsage | null {
  if (process.platform !== 'linux') return null;
  try {
    const tree = treeOf(pid);
    const residentBytes = tree.reduce((sum, one) => sum + residentOf(one), 0);
    return { residentBytes, processorMs: tree.reduce((sum, one) => sum + processorOf(one), 0) };
  } catch {
    // It ended between two looks; its exit tells.
    return null;
  }
}

function treeOf(pid: number): readonly number[] {
  const tree = [pid];
  for (let index = 0; index < tree.length && tree.length < processesMax; index += 1) {
    const one = tree[index] ?? pid;
    const children = readFileSync(`/proc/${one}/task/${one}/children`, 'utf8').trim();
    if (children !== '') tree.push(...children.split(' ').map(Number));
  }
  return tree;
}

function residentOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * pageBytes;
}

function processorOf(pid: number): number {
  // The name in parentheses may hold spaces; utime and stime are the 12th and 13th field after it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
