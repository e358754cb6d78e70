import type { BrokerOrder } from '#brokers/broker.ts';
import type { CancelBroker } from '#brokers/cancel-broker.ts';
import type { Clock } from '#domain/clock.ts';
import { seoulDate } from '#domain/trading-date.ts';
import type { SweepView } from '#link/cancel-api.ts';

export interface SweepOptions {
  readonly broker: CancelBroker;
  readonly clock: Clock;
  /** No new round begins after so many milliseconds; 8,000 if not said. */
  readonly withinMs?: number;
}

/** Rounds of listing and cancelling; a cancel that shows no effect is asked for again. */
const roundsMax = 8;

/**
 * Withdraws whatever is open at the broker and proves it by the broker's own list: ask, cancel all at once at the pace
 * of the rate budget, ask again until a complete list shows nothing open. An incomplete list proves nothing. Two
 * processes may do this at the same time: a cancel of what is gone is answered `nothing-left`, and harms nobody.
 */
export async function sweep(options: SweepOptions): Promise<SweepView> {
  const { broker, clock, withinMs = 8_000 } = options;
  const startedMs = clock.elapsedMs();
  const found = new Set<string>();
  let accepted = 0;
  let inquiries = 0;
  let last: Pick<SweepView, 'outcome' | 'left' | 'detail'> = { outcome: 'not-listed', left: 0, detail: 'not asked' };
  for (let round = 0; round < roundsMax && clock.elapsedMs() - startedMs <= withinMs; round += 1) {
    const listed = await openAt(broker, clock);
    inquiries += 1;
    if (typeof listed === 'string') {
      last = { outcome: 'not-listed', left: 0, detail: listed };
      continue;
    }
    if (listed.length === 0) {
      last = { outcome: 'verified', left: 0, detail: '' };
      break;
    }
    for (const { brokerOrderId } of listed) found.add(brokerOrderId);
    const answers = await Promise.all(listed.map((order) => cancelled(broker, order)));
    accepted += answers.filter((answer) => answer === 'accepted').length;
    last = { outcome: 'still-open', left: listed.length, detail: [...new Set(answers)].join(', ') };
  }
  return { ...last, found: found.size, accepted, inquiries, tookMs: Math.round(clock.elapsedMs() - startedMs) };
}

/** What may still fill today, or why that is not known. */
async function openAt(broker: CancelBroker, clock: Clock): Promise<readonly BrokerOrder[] | string> {
  try {
    const inquiry = await broker.orders(seoulDate(clock.now()));
    if (inquiry.kind === 'incomplete') return inquiry.cause.slice(0, 200);
    return inquiry.rows.filter((row) => row.remaining > 0 && !row.isCancel && !row.isRejected);
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : 'unknown error';
  }
}

async function cancelled(broker: CancelBroker, order: BrokerOrder): Promise<string> {
  try {
    const result = await broker.cancel(order);
    return result.kind === 'rejected' ? result.reason : result.kind;
  } catch (error) {
    // One that cannot be cancelled must not keep the others from it; the next list shows it.
    return error instanceof Error ? error.name : 'failed';
  }
}
