import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { Head } from './record-line.ts';

/** Beside the journal: what was acknowledged last. */
export function headPath(file: string): string {
  return `${file}.head`;
}

const slotBytes = 128;

/**
 * Notes that everything up to `head` has been acknowledged. Written after each commit, in place and without a sync of
 * its own: losing the newest note in a power cut only makes it older, never wrong. Two slots in turn, each with a
 * check sum, so that a torn write leaves the other. It tells an unfinished last write (beyond the note: cut off at the
 * next start) from a damaged or shortened journal (within the note: refused).
 */
export async function writeHead(handle: FileHandle, head: Head): Promise<void> {
  const { slot, place } = noteSlot(head);
  await handle.write(slot, 0, slotBytes, place);
}

/** The 128 bytes of a note, and at which byte of the file they begin. */
export function noteSlot(head: Head): { readonly slot: Buffer; readonly place: number } {
  const content = `${String(head.sequence).padStart(16, '0')} ${head.hash}`;
  const slot = `${content} ${checkSum(content)}`.padEnd(slotBytes - 1, ' ');
  return { slot: Buffer.from(`${slot}\n`, 'latin1'), place: (head.sequence % 2) * slotBytes };
}

/** The newest readable note; null when there is none. */
export function readHead(file: string): Head | null {
  if (!existsSync(headPath(file))) return null;
  const text = readFileSync(headPath(file), 'latin1');
  let newest: Head | null = null;
  for (const slot of [text.slice(0, slotBytes), text.slice(slotBytes, 2 * slotBytes)]) {
    const head = readSlot(slot);
    if (head !== null && (newest === null || head.sequence > newest.sequence)) newest = head;
  }
  return newest;
}

function readSlot(slot: string): Head | null {
  const match = /^(?<content>(?<sequence>\d{16}) (?<hash>[0-9a-f]{64})) (?<sum>[0-9a-f]{16})/.exec(slot)?.groups;
  if (match?.['content'] === undefined || match['sequence'] === undefined || match['hash'] === undefined) return null;
  if (checkSum(match['content']) !== match['sum']) return null;
  return { sequence: Number(match['sequence']), hash: match['hash'] };
}

function checkSum(content: string): string {
  return hash('sha256', content, 'hex').slice(0, 16);
}
