import type { OrderUpdate } from '#strategy/strategy.ts';
import type { TriggerBook } from '#strategy/triggers/trigger-book.ts';
import type { StrategyBook } from '../strategy-book.ts';
import type { UnsentOrders } from './unsent-orders.ts';
import type { WaitingAccount } from './waiting-account.ts';

/** What another process left, and what has to be done about it. */
export interface RestoredOrders {
  readonly book: StrategyBook;
  readonly triggers: TriggerBook;
  readonly account: WaitingAccount;
  readonly unsent: UnsentOrders;
  /** All that was heard since the process began, oldest first. */
  readonly news: readonly OrderUpdate[];
  readonly take: (update: OrderUpdate) => void;
  readonly cancel: (requestId: string) => void;
}

/** Takes in what the gateway has recorded since, of what was restored. */
export function compareWithRecord(restored: RestoredOrders): void {
  const { book, triggers, account, unsent, news, take, cancel } = restored;
  for (const { entryId, entry, bought } of triggers.state.brackets) {
    if (bought > 0 && book.order(entryId) === null) account.unrecorded.add(entry.instrument);
  }
  // Sent although the disk had refused, see `WaitingOrders`; so may be what the news of it arms.
  for (const { requestId } of triggers.watched) {
    if (book.order(requestId) !== null) triggers.alreadySent(requestId);
  }
  for (const update of news) {
    triggers.alreadySent(update.requestId);
    take(update);
  }
  unsent.endLate();
  // An exit is on its way, and whether its entry was withdrawn before the other process died nobody knows.
  for (const { entryId, working, isEntryOver } of triggers.state.brackets) {
    if (working !== null && !isEntryOver && book.order(entryId) !== null) cancel(entryId);
  }
}
