/**
 * What the journal holds: one JSON body per record, chained by SHA-256. Order state is a pure fold of these.
 * Amounts are won, times are ISO 8601 instants of the market's clock; `recordedAt` is the machine's.
 */
export interface JournalRecord {
  /** 1, 2, 3 … without holes. */
  readonly sequence: number;
  /** Closed set, owned by the process that writes: `order.intent`, `order.sending`, `halt`, `login` … */
  readonly kind: string;
  readonly recordedAt: string;
  /** Canonical JSON: keys sorted, no white space. */
  readonly body: string;
  /** Hex SHA-256 of the record before this one; 64 zeros for the first. */
  readonly previousHash: string;
  /** Hex SHA-256 over sequence, kind, recordedAt, body and previousHash. */
  readonly hash: string;
}

export interface JournalEntry {
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}
