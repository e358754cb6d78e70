import { continuationOf, type Continuation } from '../host/envelope.ts';
import type { Call } from '../host/route.ts';

/** Keys of domestic account inquiries are 100 characters wide. @see spec §1.5 */
export const keyWidth = 100;

/** A page of rows with the keys that ask for the next. */
export interface LedgerPage<Row> {
  readonly rows: readonly Row[];
  readonly keys: { readonly ctx_area_fk100: string; readonly ctx_area_nk100: string };
  readonly continuation: Continuation;
}

/**
 * The page that `call` asks for. The position key is `<page>^<key of the last row>`, so that rows added between two
 * pages neither hide nor repeat others; whoever sends it back gets the next page, with or without `tr_cont: N`.
 */
export function ledgerPage<Row>(
  call: Call,
  rows: readonly Row[],
  options: { readonly size: number; readonly keyOf: (row: Row) => string; readonly requestFields: readonly string[] },
): LedgerPage<Row> {
  const { page, after } = positionOf(call);
  const start = after === null ? 0 : rows.findIndex((row) => options.keyOf(row) === after) + 1;
  const size = call.fault?.fault === 'short-pages' ? Math.min(call.fault.page, options.size) : options.size;
  const shown = rows.slice(start, start + size);
  const last = shown.at(-1);
  const hasMore = last !== undefined && start + size < rows.length;
  const echo = options.requestFields.map((name) => call.field(name)).join('^');
  return {
    rows: shown,
    keys: {
      ctx_area_fk100: `${echo}^`.slice(0, keyWidth).padEnd(keyWidth),
      ctx_area_nk100: (hasMore ? `${page + 1}^${options.keyOf(last)}` : '').padEnd(keyWidth),
    },
    continuation: continuationOf(after === null, hasMore),
  };
}

/** Which page a call asks for; 1 without a position key. */
export function pageOf(call: Pick<Call, 'field'>): number {
  return positionOf(call).page;
}

function positionOf(call: Pick<Call, 'field'>): { page: number; after: string | null } {
  const match = /^(\d{1,6})\^(\S+)$/.exec(call.field('CTX_AREA_NK100').trim());
  if (match === null) return { page: 1, after: null };
  return { page: Number(match[1]), after: match[2] ?? null };
}
