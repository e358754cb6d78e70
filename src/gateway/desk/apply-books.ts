import { noWon, type DeskRecord } from './records.ts';
import type { Books, DeskState } from './state.ts';

/** A new day begins with the broker's books; a rebase takes them over in the middle of one, keeping the day's results. */
export function applyBooks(
  state: DeskState,
  record: Extract<DeskRecord, { readonly kind: 'day.opened' | 'day.rebased' }>,
): DeskState {
  const { cash, equity } = record.body;
  const positions = new Map(record.body.positions.map((position) => [position.instrument, position]));
  if (record.kind === 'day.rebased') {
    return state.books === null ? state : { ...state, books: { ...state.books, cash, positions } };
  }
  const books: Books = {
    date: record.body.date,
    equityAtOpen: equity,
    cash,
    positions,
    realised: noWon,
    fees: noWon,
    tax: noWon,
  };
  return { ...state, books };
}
