import type { UsInstrumentId } from '#domain/overseas-order.ts';
import { dateNumber, seoulInstant } from '#domain/trading-date.ts';
import type { UsdTick } from '#domain/usd.ts';

import type { KisCalls } from '../calls/calls.ts';
import { blockOf, rowsOf } from '../calls/envelope.ts';
import { unreadable, WireRow } from '../calls/wire-row.ts';
import { overseasEndpoints } from '../endpoints/overseas.ts';
import { overseasFields } from './overseas-fields.ts';
import { usBarRows, usMinuteBarRows } from './us-market-codes.ts';
import { usQuery } from './us-quotes.ts';
import { usdPriceField } from './usd-text.ts';

/** A day, week or month (named by its date in New York), or a minute (by its instant). */
export interface UsBar {
  readonly date: Temporal.PlainDate;
  /** Null for anything longer than a minute. */
  readonly startsAt: Temporal.Instant | null;
  readonly open: UsdTick;
  readonly high: UsdTick;
  readonly low: UsdTick;
  readonly close: UsdTick;
  readonly volume: number;
}

const spanCodes = { day: '0', week: '1', month: '2' } as const;
/** A century of days, and ten days of minutes. */
const pagesMax = { bars: 300, minutes: 80 };

interface Span {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
}

/**
 * Adjusted bars, oldest first, both ends included. The answer holds up to 100 rows, newest first, that end at `BYMD`;
 * the next page ends the day before its oldest row.
 *
 * @throws {RetryLater} `kis.unreadable-answer` when pages do not go back in time, and those of a read
 */
export async function readUsBars(
  calls: KisCalls,
  instrument: UsInstrumentId,
  span: keyof typeof spanCodes,
  { from, to }: Span,
): Promise<readonly UsBar[]> {
  const newestFirst: UsBar[] = [];
  let until = to;
  for (let pages = 0; pages < pagesMax.bars && Temporal.PlainDate.compare(from, until) <= 0; pages += 1) {
    const query = { ...usQuery(instrument), GUBN: spanCodes[span], BYMD: String(dateNumber(until)), MODP: '1' };
    const { trId, body } = await calls.read(overseasEndpoints.bars, query);
    const rows = rowsOf(trId, body, 'output2').map((block) => barOf(trId, block));
    const before = newestFirst.at(-1);
    const oldest = rows.at(-1);
    refuseDisorder(trId, before === undefined ? rows : [before, ...rows]);
    newestFirst.push(...rows.filter(({ date }) => isWithin(date, { from, to })));
    if (oldest === undefined || rows.length < usBarRows) break;
    until = oldest.date.subtract({ days: 1 });
  }
  return newestFirst.toReversed();
}

/**
 * The last `count` bars of `minutes` each, oldest first. The first page is asked for from now, each further one with
 * `NEXT` 1 and the local time of the oldest row so far, which KIS sends again; rows known already are left out.
 *
 * @throws {RetryLater} `kis.unreadable-answer` when pages do not go back in time, and those of a read
 */
export async function readUsMinuteBars(
  calls: KisCalls,
  instrument: UsInstrumentId,
  minutes: number,
  count: number,
): Promise<readonly UsBar[]> {
  const newestFirst: UsBar[] = [];
  let cursor = '';
  for (let pages = 0; pages < pagesMax.minutes && newestFirst.length < count; pages += 1) {
    const isNext = cursor !== '';
    const { trId, body } = await calls.read(overseasEndpoints.minuteBars, {
      ...usQuery(instrument),
      NMIN: String(minutes),
      PINC: '1',
      NEXT: isNext ? '1' : '',
      NREC: String(usMinuteBarRows),
      FILL: '',
      KEYB: cursor,
    });
    const summary = new WireRow(trId, blockOf(trId, body, 'output1'), overseasFields.minuteBarSummary);
    const rows = rowsOf(trId, body, 'output2').map((block) => minuteOf(trId, block));
    const known = newestFirst.at(-1)?.startsAt ?? null;
    const fresh = rows.map(({ bar }) => bar).filter(({ startsAt }) => isOlder(startsAt, known));
    refuseDisorder(trId, fresh);
    newestFirst.push(...fresh);
    const oldest = rows.at(-1);
    if (oldest === undefined || fresh.length === 0 || summary.text('next') !== '1') break;
    cursor = oldest.key;
  }
  return newestFirst.slice(0, count).toReversed();
}

function barOf(trId: string, block: unknown): UsBar {
  const row = new WireRow(trId, block, overseasFields.bar);
  return {
    date: row.date('xymd'),
    startsAt: null,
    open: usdPriceField(row, 'open'),
    high: usdPriceField(row, 'high'),
    low: usdPriceField(row, 'low'),
    close: usdPriceField(row, 'clos'),
    volume: row.whole('tvol'),
  };
}

/** The instant comes from the Korean time beside the local one: Korea has no hour that comes twice. */
function minuteOf(trId: string, block: unknown): { readonly bar: UsBar; readonly key: string } {
  const row = new WireRow(trId, block, overseasFields.minuteBar);
  const bar = {
    date: row.date('xymd'),
    startsAt: seoulInstant(row.date('kymd'), row.time('khms')),
    open: usdPriceField(row, 'open'),
    high: usdPriceField(row, 'high'),
    low: usdPriceField(row, 'low'),
    close: usdPriceField(row, 'last'),
    volume: row.whole('evol'),
  };
  return { bar, key: row.text('xymd') + row.text('xhms') };
}

function refuseDisorder(trId: string, newestFirst: readonly UsBar[]): void {
  newestFirst.forEach((bar, index) => {
    const newer = newestFirst[index - 1];
    if (newer === undefined) return;
    const isOrdered =
      bar.startsAt === null
        ? Temporal.PlainDate.compare(bar.date, newer.date) < 0
        : isOlder(bar.startsAt, newer.startsAt);
    if (!isOrdered) throw unreadable(trId, 'xymd', 'not older than the row before it');
  });
}

function isOlder(at: Temporal.Instant | null, than: Temporal.Instant | null): boolean {
  return at !== null && (than === null || Temporal.Instant.compare(at, than) < 0);
}

function isWithin(date: Temporal.PlainDate, { from, to }: Span): boolean {
  return Temporal.PlainDate.compare(from, date) <= 0 && Temporal.PlainDate.compare(date, to) <= 0;
}
