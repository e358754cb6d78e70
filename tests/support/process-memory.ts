import { closeSync, openSync, readFileSync, readdirSync, readSync } from 'node:fs';
import type { FormFinder } from './form-finder.ts';

type Range = readonly [from: number, to: number];

const pageBytes = 4_096;
const entryBytes = 8;
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

/** Which forms lie in the writable memory of a process: heap, stacks and buffers, as in a core dump. */
export function inMemory(pid: number, find: FormFinder): readonly string[] {
  const found = new Set<string>();
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const piece of pieces(pid, memory)) {
      for (const name of find(piece)) found.add(name);
    }
  } finally {
    closeSync(memory);
  }
  return [...found].toSorted();
}

function* pieces(pid: number, memory: number): Generator<Buffer> {
  const map = openSync(`/proc/${pid}/pagemap`, 'r');
  try {
    for (const range of writable(pid)) {
      for (const run of present(map, range)) yield* piecesOf(run, memory);
    }
  } finally {
    closeSync(map);
  }
}

function* piecesOf([from, to]: Range, memory: number): Generator<Buffer> {
  for (let at = from; at < to; at += pieceBytes - overlapBytes) yield read(memory, at, Math.min(pieceBytes, to - at));
}

/** The pages of a range that hold anything, one run after the other: of 64 bits each, the first two say so (pagemap, Linux). */
function* present(map: number, [from, to]: Range): Generator<Range> {
  const entries = Buffer.alloc(((to - from) / pageBytes) * entryBytes);
  const count = readSync(map, entries, 0, entries.length, (from / pageBytes) * entryBytes) / entryBytes;
  const isPresent = (page: number): boolean => page < count && entries[page * entryBytes + 7]! >= 0x40;
  for (let page = 0; page < count; page += 1) {
    if (!isPresent(page)) continue;
    const first = page;
    while (isPresent(page)) page += 1;
    yield [from + first * pageBytes, from + page * pageBytes];
  }
}

/** Writable ranges of which anything is resident; what Node only reserves holds nothing. */
function writable(pid: number): readonly Range[] {
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
