import { closeSync, openSync, readFileSync, readdirSync, readSync } from 'node:fs';

const pieceBytes = 16 * 1024 * 1024;
/** So that what lies over the edge of two pieces is seen. */
const overlapBytes = 1_024;

/** Processes below `root`, root included, with what they were started from. Linux. */
export function processTree(root: number): readonly { readonly pid: number; readonly command: string }[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const stat = textOf(`/proc/${pid}/stat`);
    const ppid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    parents.set(pid, ppid);
  }
  const isBelow = (pid: number): boolean => pid === root || (parents.has(pid) && pid > 1 && isBelow(parents.get(pid)!));
  return [...parents.keys()]
    .filter(isBelow)
    .map((pid) => ({ pid, command: textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }));
}

/** Which of the needles lie in the writable memory of a process: heap, stacks and buffers, as in a core dump. */
export function inMemory(pid: number, needles: ReadonlyMap<string, Buffer>): readonly string[] {
  const found = new Set<string>();
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const piece of pieces(pid, memory)) {
      const here = [...needles].filter(([, bytes]) => piece.includes(bytes));
      for (const [name] of here) found.add(name);
    }
  } finally {
    closeSync(memory);
  }
  return [...found].toSorted();
}

function* pieces(pid: number, memory: number): Generator<Buffer> {
  for (const [from, to] of writable(pid)) {
    for (let at = from; at < to; at += pieceBytes - overlapBytes) yield read(memory, at, Math.min(pieceBytes, to - at));
  }
}

/** Writable ranges of which anything is resident; what Node only reserves holds nothing. */
function writable(pid: number): readonly (readonly [from: number, to: number])[] {
  const range = /^([0-9a-f]+)-([0-9a-f]+) rw[^\n]*\n(?:[A-Z][^\n]*\n)*?Rss: +([0-9]+) kB/gm;
  const found = readFileSync(`/proc/${pid}/smaps`, 'utf8').matchAll(range);
  return [...found]
    .filter(([, , , residentKb]) => Number(residentKb) > 0)
    .map(([, from = '', to = '']) => [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const);
}

/** What can be read: a piece that went meanwhile, or belongs to a device, is empty. */
function read(memory: number, at: number, length: number): Buffer {
  const piece = Buffer.allocUnsafe(length);
  try {
    return piece.subarray(0, readSync(memory, piece, 0, length, at));
  } catch {
    return piece.subarray(0, 0);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The process is gone.
    return '';
  }
}
