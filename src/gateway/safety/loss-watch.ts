import { lossLimit, lossOfDay } from '#guard/loss-of-day.ts';
import type { GuardState } from '#guard/state.ts';

/** Why trading must stop by what the books say, and by which rule; null when it need not. */
export interface BooksHalt {
  readonly by: string;
  readonly reason: string;
}

/**
 * The daily loss limit does not only refuse new orders: it withdraws what is open and halts. Nothing is sold. Numbers
 * that contradict each other halt too, because nobody knows what the loss is then (INV-07).
 */
export function booksHalt(guard: GuardState): BooksHalt | null {
  if (guard.conservationBreaks !== 0) {
    const reason = `numbers of ${guard.conservationBreaks} orders of today contradict each other`;
    return { by: 'rule INV-07', reason };
  }
  const loss = lossOfDay(guard);
  const limit = lossLimit(guard);
  if (!(loss >= limit)) return null;
  return { by: 'rule daily-loss', reason: `the loss of today reached ${loss} won, at most ${limit}` };
}
