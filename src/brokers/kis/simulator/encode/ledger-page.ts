import { continuationOf, type Continuation } from '../host/envelope.ts';
import type { Call } from '../host/route.ts';

/** A page of rows with the keys that ask for the next. */
export interface LedgerPage<Row> {
  readonly rows: readonly Row[];
  /** `ctx_area_fk…` and `ctx_area_nk…`, padded with spaces to their width. */
  readonly keys: Readonly<Record<string, string>>;
  readonly continuation: Continuation;
}

export interface LedgerPaging<Row> {
  readonly size: number;
  readonly keyOf: (row: Row) => string;
  /** Echoed in the condition key, in this order. */
  readonly requestFields: readonly string[];
  /** What the echo is joined with: the balance at home takes `^`, everything else `!^` (spec §1.5). */
  readonly separator?: '^' | '!^';
  /** Width and name of the keys: 100 for accounts at home (if not said), 200 abroad and for reservations. */
  readonly width?: 100 | 200;
}

/**
 * The page that `call` asks for. The position key is `<page>^<key of the last row>`, so that rows added between two
 * pages neither hide nor repeat others; whoever sends it back gets the next page, with or without `tr_cont: N`.
 */
export function ledgerPage<Row>(call: Call, rows: readonly Row[], options: LedgerPaging<Row>): LedgerPage<Row> {
  const { width = 100, separator = '!^' } = options;
  const { page, after } = positionOf(call);
  const start = after === null ? 0 : rows.findIndex((row) => options.keyOf(row) === after) + 1;
  const size = call.fault?.fault === 'short-pages' ? Math.min(call.fault.page, options.size) : options.size;
  const shown = rows.slice(start, start + size);
  const last = shown.at(-1);
  const hasMore = last !== undefined && start + size < rows.length;
  const echo = options.requestFields.map((name) => call.field(name) + separator).join('');
  return {
    rows: shown,
    keys: {
      [`ctx_area_fk${width}`]: echo.slice(0, width).padEnd(width),
      [`ctx_area_nk${width}`]: (hasMore ? `${page + 1}^${options.keyOf(last)}` : '').padEnd(width),
    },
    continuation: continuationOf(after === null, hasMore),
  };
}

/** Which page a call asks for; 1 without a position key. */
export function pageOf(call: Pick<Call, 'field'>): number {
  return positionOf(call).page;
}

function positionOf(call: Pick<Call, 'field'>): { page: number; after: string | null } {
  const key = call.field('CTX_AREA_NK100').trim() || call.field('CTX_AREA_NK200').trim();
  const match = /^(\d{1,6})\^(\S+)$/.exec(key);
  if (match === null) return { page: 1, after: null };
  return { page: Number(match[1]), after: match[2] ?? null };
}
