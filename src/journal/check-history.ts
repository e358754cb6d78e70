import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { members, OrderHistory, type HistoryRecord, type Violation } from './order-history.ts';
import { PositionHistory } from './position-history.ts';
import type { JournalRecord } from './record.ts';

/** More than a person reads; the count goes on. */
const violationsKept = 1_000;

export interface HistoryReport {
  readonly records: number;
  readonly orders: number;
  /** Orders that have no end yet at the end of the journal; a journal that is being written may have some. */
  readonly openOrders: number;
  readonly rebased: number;
  readonly violationCount: number;
  /** The first 1,000, in the order of their records. */
  readonly violations: readonly Violation[];
}

/**
 * Proves from the records alone that no order was sent twice (INV-02), that each ended once (INV-03), and that
 * quantities are conserved (INV-07): sent, acknowledged, filled, and in the positions of the next morning. Shares no line
 * with the desk that wrote them. One pass; what it keeps grows with the number of orders.
 *
 * @param records a whole journal from its first record on: a day cannot be judged without what was open before it
 * @param day yyyymmdd in Seoul; only violations of that day are told. Null for all
 */
export function checkHistory(records: Iterable<JournalRecord>, day: number | null = null): HistoryReport {
  const violations: Violation[] = [];
  let violationCount = 0;
  let count = 0;
  let sequence = 0;
  let date = 0;
  let isResolved = false;
  const days = new Days();
  const tell = (invariant: Violation['invariant'], subject: string, detail: string): void => {
    if (day !== null && date !== day) return;
    violationCount += 1;
    if (violations.length < violationsKept) violations.push({ invariant, sequence, subject, detail });
  };
  const orders = new OrderHistory(tell);
  const positions = new PositionHistory(tell);
  for (const record of records) {
    const read: HistoryRecord = {
      sequence: record.sequence,
      kind: record.kind,
      body: members(JSON.parse(record.body)),
    };
    sequence = read.sequence;
    count += 1;
    date = Math.max(date, days.of(read));
    if (read.kind === 'gateway.started') isResolved = false;
    if (read.kind === 'gateway.resolved') isResolved = true;
    takeOne(read, { orders, positions, date });
  }
  // Only while a start looks for it may an order of an earlier day be in doubt.
  if (isResolved) orders.mustHaveEnded((ofOrder) => ofOrder < date, 'a day later');
  const { count: orderCount, openCount } = orders;
  return {
    records: count,
    orders: orderCount,
    openOrders: openCount,
    rebased: positions.rebased,
    violationCount,
    violations,
  };
}

function takeOne(
  record: HistoryRecord,
  {
    orders,
    positions,
    date,
  }: { readonly orders: OrderHistory; readonly positions: PositionHistory; readonly date: number },
): void {
  if (record.kind === 'gateway.resolved') orders.mustHaveEnded(() => true, 'when new orders were let in');
  if (record.kind.startsWith('order.')) orders.take(record, date);
  positions.take(record);
}

/** Days in Seoul, which begin with an hour of UTC: one calculation an hour of records instead of one a record. */
class Days {
  #hour = '';
  #day = 0;

  /** yyyymmdd by the market's clock; 0 for a record that has no time of it. */
  of({ body }: HistoryRecord): number {
    const { at } = body;
    if (typeof at !== 'string') return 0;
    const hour = at.endsWith('Z') ? at.slice(0, 13) : at;
    if (hour === this.#hour) return this.#day;
    this.#hour = hour;
    this.#day = dateNumber(seoulDate(Temporal.Instant.from(at)));
    return this.#day;
  }
}
