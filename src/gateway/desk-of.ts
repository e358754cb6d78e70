import type { Journal } from '#journal/journal.ts';
import { fold } from './desk/apply.ts';
import { decodeRecord } from './desk/records.ts';
import { emptyDesk, type DeskState } from './desk/state.ts';

/** The state that a journal says (INV-09). @throws Halt `journal.unreadable`, `journal.broken` */
export function deskOf(journal: Pick<Journal, 'read'>): DeskState {
  return fold(decoded(journal), emptyDesk);
}

function* decoded(journal: Pick<Journal, 'read'>) {
  for (const record of journal.read(1)) yield decodeRecord(record);
}
