import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Secret } from '#domain/secret.ts';
import { dateNumber } from '#domain/trading-date.ts';

import { createKisBroker, type KisBroker } from '../index.ts';
import { aSimulator, mondayClock } from '../simulator/fixtures/wire-test-kit.ts';
import type { KisSimulator } from '../simulator/start.ts';
import type { KisQuotes } from './kis-quotes.ts';

/** A Monday at half past ten, in a market that stands still. */
const day = Temporal.PlainDate.from('2026-11-23');
const samsung = 'KRX:005930';
let simulator: KisSimulator;
let broker: KisBroker;
let quotes: KisQuotes;

before(async () => {
  simulator = await aSimulator({ throttle: 0 });
  const { hosts, credentials } = simulator;
  const { appKey, appSecret, account } = credentials.real;
  broker = createKisBroker({
    environment: 'real',
    simulated: true,
    rest: hosts.restReal,
    webSocket: hosts.webSocketReal,
    credentials: {
      appKey: () => new Secret(appKey),
      appSecret: () => new Secret(appSecret),
      account: () => new Secret(account),
      htsId: () => new Secret(credentials.htsId),
      loadToken: () => null,
      saveToken: () => undefined,
    },
    clock: mondayClock(),
    random: () => 0,
    limits: { perSecond: 10_000, burst: 100, readAttempts: 1 },
  });
  ({ quotes } = broker);
});
after(() => simulator.close());

test('the simulator and KisQuotes agree on the price, the book and the trades of each board', async () => {
  for (const board of ['krx', 'unified'] as const) {
    const quote = await quotes.price(samsung, board);
    const { book } = await quotes.orderBook(samsung, board);

    assert.deepEqual([quote.price, quote.basePrice, quote.designation], [50_000, 50_000, 'none']);
    assert.ok(book.asks.length > 0 && book.bids.length > 0);
    assert.ok((book.asks[0]?.price ?? 0) > (book.bids[0]?.price ?? 0));
    const trades = await quotes.trades(samsung, board);
    assert.ok(trades.every(({ quantity }) => quantity > 0));
  }
  // 신한지주 is one of those that the simulated NXT does not trade.
  const absent = await quotes.price('KRX:055550', 'nxt');
  const { book, expected } = await quotes.orderBook('KRX:055550', 'nxt');
  assert.equal((await quotes.price(samsung, 'nxt')).price, 50_000);
  assert.equal(absent.price, null);
  assert.deepEqual([book.asks, book.bids, expected], [[], [], null]);
  const history = await quotes.tradeHistory(samsung, { count: 500 });
  assert.ok(history.trades.length > 0);
  assert.equal(history.volumeMissing, 0);
});

test('the simulator and KisQuotes agree on periods and minutes, page by page', async () => {
  const days = await quotes.periodBars(samsung, { from: day.subtract({ years: 1 }), to: day });
  const raw = await quotes.periodBars(samsung, { from: day.subtract({ days: 10 }), to: day, isRaw: true });
  const weeks = await quotes.periodBars(samsung, { from: day.subtract({ years: 3 }), to: day, period: 'week' });
  const recent = await quotes.recentPeriods(samsung);
  const minutes = await quotes.minuteBars(samsung, { count: 100 });
  const past = await quotes.pastMinuteBars(samsung, { date: day.subtract({ days: 3 }), count: 150 });

  assert.ok(days.length > 230, `${days.length} days`);
  assert.ok(raw.length >= 6);
  assert.ok(weeks.length > 150, `${weeks.length} weeks`);
  for (const bars of [days, weeks, minutes, past]) {
    assert.deepEqual(
      bars.map(({ startsAtMs }) => startsAtMs),
      [...new Set(bars.map(({ startsAtMs }) => startsAtMs))].toSorted((a, b) => a - b),
    );
  }
  assert.equal(recent.length, 30);
  assert.ok(minutes.length > 0 && minutes.every(({ date }) => date === dateNumber(day)));
  assert.ok(past.length > 0 && past.every(({ date }) => date < dateNumber(day)));
});

test('the simulator and KisQuotes agree on investors, members, the calendar and what a stock is', async () => {
  const investors = await quotes.investors(samsung);
  const members = await quotes.members(samsung);
  const calendar = await quotes.marketDays();
  const product = await quotes.product(samsung);
  const stock = await quotes.stock(samsung);

  assert.ok(investors.length > 0);
  assert.ok(members.sellers.length > 0 && members.buyers.length > 0);
  assert.deepEqual(
    calendar.days.slice(0, 6).map(({ isOpen }) => isOpen),
    [true, true, true, true, true, false],
  );
  assert.deepEqual([product.isin, product.name], ['KR7005930003', '삼성전자']);
  assert.deepEqual([stock.isin, stock.name], ['KR7005930003', '삼성전자']);
  assert.equal(stock.isOnNxt, true);
  assert.equal((await quotes.stock('KRX:055550')).isOnNxt, false);
});

test('the simulator and KisQuotes agree on lists: prices, rankings, indices, interruptions, ETFs', async () => {
  const prices = await quotes.prices([samsung, 'KRX:000660']);
  const byVolume = await quotes.volumeRanking();
  const falling = await quotes.changeRanking({ isFalling: true });
  const largest = await quotes.marketCapRanking({ scope: 'kospi' });
  const index = await quotes.index('kospi');
  const indexDays = await quotes.indexBars('kosdaq', { from: day.subtract({ days: 200 }), to: day });
  const indexMinutes = await quotes.indexMinuteBars('kospi', { barSeconds: 60 });
  const sectors = await quotes.sectorIndices('kospi');
  const interruptions = await quotes.volatilityInterruptions({ date: day });
  const etf = await quotes.etf('KRX:069500');
  const marks = await quotes.restrictions(samsung);
  const news = await quotes.news();

  assert.deepEqual([...prices.keys()], [samsung, 'KRX:000660']);
  assert.equal(prices.get(samsung)?.price, 50_000);
  for (const ranking of [byVolume, falling, largest]) {
    assert.deepEqual(
      ranking.map(({ rank }) => rank),
      ranking.map((_, place) => place + 1),
    );
  }
  assert.ok(byVolume.length > 0 && largest.length > 0);
  assert.ok((index.level ?? 0) > 0);
  assert.ok(indexDays.length > 120, `${indexDays.length} days`);
  assert.ok(indexMinutes.length > 0);
  assert.ok(sectors.length > 0);
  assert.deepEqual(interruptions, []);
  assert.deepEqual([marks.designation, marks.isHalted, marks.previousClose], ['none', false, 50_000]);
  assert.deepEqual(news, []);
  assert.ok((etf.navHundredths ?? 0) > 0);
});
