import type { Clock } from '#domain/clock.ts';
import { seoulDate } from '#domain/trading-date.ts';

import type { KisAnswer, KisCalls } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { unreadable, WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { wireDay } from './wire-times.ts';

/** One day of the calendar as the broker sees it. */
export interface MarketDay {
  readonly date: Temporal.PlainDate;
  /** KRX trades on it; the one flag to plan by. The broker's "trading day" flag says yes on every day. */
  readonly isOpen: boolean;
  /** Banks and brokers work on it. */
  readonly isBusinessDay: boolean;
  readonly isSettlementDay: boolean;
}

export interface MarketDays {
  /** The day in Seoul on which the broker was asked. */
  readonly askedOn: Temporal.PlainDate;
  /** Every day of the calendar from `askedOn` on, without a hole; some 230 of them. */
  readonly days: readonly MarketDay[];
}

const fields = ['bass_dt', 'bzdy_yn', 'opnd_yn', 'sttl_day_yn'] as const;
const keyFields = ['ctx_area_fk', 'ctx_area_nk'] as const;

/** As many as the broker's own samples follow. The calendar has no end: what is behind them is asked another day. */
const pagesMax = 10;

/** The broker's calendar, asked for once a day as KIS wishes; a failed call is not an answer and may be repeated. */
export class MarketCalendar {
  readonly #calls: KisCalls;
  readonly #clock: Clock;
  #asked: { readonly on: Temporal.PlainDate; readonly answer: Promise<MarketDays> } | null = null;

  constructor(calls: KisCalls, clock: Clock) {
    this.#calls = calls;
    this.#clock = clock;
  }

  /** @throws {FixConfiguration} `kis.not-on-paper`; those of a read */
  async days(): Promise<MarketDays> {
    const today = seoulDate(this.#clock.now());
    if (this.#asked?.on.equals(today)) return this.#asked.answer;
    const asked = { on: today, answer: readMarketDays(this.#calls, today) };
    this.#asked = asked;
    try {
      return await asked.answer;
    } catch (error) {
      if (this.#asked === asked) this.#asked = null;
      throw error;
    }
  }
}

async function readMarketDays(calls: KisCalls, askedOn: Temporal.PlainDate): Promise<MarketDays> {
  const days: MarketDay[] = [];
  let keys = { CTX_AREA_FK: '', CTX_AREA_NK: '' };
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const page = await calls.read(quoteEndpoints.holidays, { BASS_DT: wireDay(askedOn), ...keys }, pages > 0);
    for (const block of rowsOf(page.trId, page.body, 'output')) {
      const day = dayOf(page.trId, block);
      if (!day.date.equals(askedOn.add({ days: days.length }))) {
        throw unreadable(page.trId, 'bass_dt', 'not the day after the one before it');
      }
      days.push(day);
    }
    if (page.continuation !== 'F' && page.continuation !== 'M') break;
    keys = nextKeys(page);
  }
  return { askedOn, days };
}

function dayOf(trId: string, block: unknown): MarketDay {
  const row = new WireRow(trId, block, fields);
  const isYes = (field: (typeof fields)[number]): boolean => {
    const text = row.text(field);
    if (text !== 'Y' && text !== 'N') throw row.unreadable(field, 'neither Y nor N');
    return text === 'Y';
  };
  return {
    date: row.date('bass_dt'),
    isOpen: isYes('opnd_yn'),
    isBusinessDay: isYes('bzdy_yn'),
    isSettlementDay: isYes('sttl_day_yn'),
  };
}

/** The keys, 20 characters wide, go back padded as they came. */
function nextKeys({ trId, body }: KisAnswer): { CTX_AREA_FK: string; CTX_AREA_NK: string } {
  // Checks that both are there and are text; the reader trims, so the values come from the body itself.
  new WireRow(trId, body, keyFields).text('ctx_area_nk');
  return { CTX_AREA_FK: String(body['ctx_area_fk']), CTX_AREA_NK: String(body['ctx_area_nk']) };
}
