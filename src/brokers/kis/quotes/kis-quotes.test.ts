import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fixtureOptions } from '../fixtures/fixture-broker.ts';
import { playTranscript } from '../fixtures/transcript-host.ts';
import { createKisBroker } from '../index.ts';
import type { KisQuotes } from './kis-quotes.ts';

const day = Temporal.PlainDate.from('2026-11-20');
const time = (text: string): Temporal.PlainTime => Temporal.PlainTime.from(text);

test('KisQuotes speaks every market-data read to the letter and tells it in our words', async (context) => {
  const host = await playTranscript('quotes');
  context.after(() => host.close());
  const { quotes } = createKisBroker(fixtureOptions(host, { environment: 'real', simulated: true }));

  const price = await quotes.price('KRX:005930', 'nxt');
  const { book, expected } = await quotes.orderBook('KRX:005930', 'unified');
  const trades = await quotes.trades('KRX:005930');
  const history = await quotes.tradeHistory('KRX:005930', { until: time('15:20'), count: 100 });
  const weeks = await quotes.recentPeriods('KRX:005930', { period: 'week', isRaw: true });
  const years = await quotes.periodBars('KRX:005930', {
    from: Temporal.PlainDate.from('2025-01-01'),
    to: day,
    period: 'year',
    isRaw: true,
    board: 'unified',
  });
  const minutes = await quotes.minuteBars('KRX:005930', { count: 10, board: 'nxt' });
  const past = await quotes.pastMinuteBars('KRX:005930', { date: day, until: time('09:01'), count: 4 });
  const investors = await quotes.investors('KRX:005930');
  const members = await quotes.members('KRX:005930');
  const [calendar, same] = await Promise.all([quotes.marketDays(), quotes.marketDays()]);
  const again = await quotes.marketDays();
  const product = await quotes.product('KRX:005930');
  const stock = await quotes.stock('KRX:005930');
  const prices = await quotes.prices(['KRX:005930', 'KRX:000660', 'KRX:005930']);
  const byVolume = await quotes.volumeRanking({ by: 'value' });
  const falling = await quotes.changeRanking({ scope: 'kosdaq', isFalling: true });
  const largest = await quotes.marketCapRanking({ scope: 'kospi200' });
  const index = await quotes.index('kospi');
  const indexWeeks = await quotes.indexBars('kosdaq', { from: day.subtract({ days: 11 }), to: day, period: 'week' });
  const indexMinutes = await quotes.indexMinuteBars('kospi200', { barSeconds: 600 });
  const sectors = await quotes.sectorIndices('kospi');
  const interruptions = await quotes.volatilityInterruptions({ date: day, market: 'kosdaq' });
  const etf = await quotes.etf('KRX:069500');
  const marks = await quotes.restrictions('KRX:247540');
  const news = await quotes.news({ instrument: 'KRX:005930', until: day.toPlainDateTime(time('15:30')) });

  assert.deepEqual(host.differences(), []);
  assert.deepEqual(price, {
    instrument: 'KRX:005930',
    board: 'nxt',
    price: 259_500,
    change: -9_500,
    changeBps: -353,
    open: null,
    high: null,
    low: null,
    basePrice: 269_000,
    upperLimit: 349_500,
    lowerLimit: 188_500,
    tickSize: 500,
    volume: 11_732_410,
    value: 3_052_507_219_853,
    sharesListed: 5_919_637_922,
    marketCap: 1_536_146_000_000_000,
    perHundredths: 3_953,
    pbrHundredths: 405,
    epsHundredths: 656_400,
    bpsHundredths: 6_399_700,
    high52Weeks: { price: 374_500, date: Temporal.PlainDate.from('2026-06-19') },
    low52Weeks: { price: 72_100, date: Temporal.PlainDate.from('2025-09-11') },
    foreignUsedBps: 5_120,
    marginBps: 2_000,
    designation: 'overheated',
    isVolatilityInterrupted: false,
  });
  assert.deepEqual([book.asks.length, book.bids[1]?.price, book.at.toString()], [2, 259_000, '2026-11-20T06:25:01Z']);
  assert.deepEqual(expected, { price: 259_000, quantity: 120_345 });
  assert.deepEqual(
    trades.map((trade) => [trade.time.toString(), trade.price, trade.quantity, trade.strengthBps]),
    [
      ['15:19:59', 260_000, 7, null],
      ['15:20:01', 259_500, 12, 8_490],
    ],
  );
  assert.deepEqual(
    history.trades.map((trade) => [trade.time.toString(), trade.volumeOfDay, trade.quantity, trade.ask, trade.bid]),
    [
      ['09:00:00', 985, 985, 266_000, 265_500],
      ['15:19:59', 990, 5, null, null],
      ['15:19:59', 1_000, 10, 260_000, 259_500],
    ],
  );
  assert.equal(history.volumeMissing, 0);
  assert.deepEqual(
    weeks.map((week) => [week.date.toString(), week.open, week.close, week.foreignUsedBps, week.foreignNet]),
    [
      ['2026-11-13', null, 269_000, null, null],
      ['2026-11-20', 266_000, 259_500, 5_120, -120_000],
    ],
  );
  assert.deepEqual(
    years.map((bar) => [bar.date, bar.open, bar.close]),
    [
      [20_250_102, 53_000, 110_000],
      [20_260_102, 110_000, 259_500],
    ],
  );
  assert.deepEqual(
    minutes.map((bar) => [bar.close, bar.volume]),
    [
      [266_000, 985],
      [266_500, 31],
    ],
  );
  assert.deepEqual(
    past.map((bar) => [bar.date, bar.close]),
    [
      [20_261_119, 268_500],
      [20_261_119, 269_000],
      [20_261_120, 266_000],
      [20_261_120, 266_500],
    ],
  );
  assert.deepEqual(
    investors.map((row) => [row.date.toString(), row.foreigners]),
    [
      ['2026-11-19', { bought: 1_000, sold: 1_500, net: -500 }],
      ['2026-11-20', { bought: null, sold: null, net: null }],
    ],
  );
  assert.deepEqual(members, {
    sellers: [
      { name: '한국투자', quantity: 5_000 },
      { name: '키움증권', quantity: 3_000 },
    ],
    buyers: [{ name: '미래에셋', quantity: 4_000 }],
    foreignSold: 700,
    foreignBought: null,
  });
  assert.equal(calendar, same);
  assert.equal(calendar, again);
  assert.deepEqual(
    calendar.days.map(({ date, isOpen }) => [date.toString(), isOpen]),
    [
      ['2026-11-20', true],
      ['2026-11-21', false],
      ['2026-11-22', false],
    ],
  );
  assert.deepEqual(product, {
    instrument: 'KRX:005930',
    isin: 'KR7005930003',
    name: '삼성전자',
    nameEnglish: 'SamsungElec',
  });
  assert.deepEqual(
    [stock.isOnNxt, stock.isHaltedOnNxt, stock.kospiListedOn?.toString(), stock.kosdaqListedOn, stock.sharesListed],
    [true, null, '1975-06-11', null, 5_919_637_922],
  );
  assert.deepEqual(
    [...prices.values()].map((row) => [row.instrument, row.price, row.bid]),
    [
      ['KRX:005930', 259_500, 259_500],
      ['KRX:000660', null, null],
    ],
  );
  // The warrant in second place has no listing code of ours.
  assert.deepEqual(
    byVolume.map((row) => [row.rank, row.instrument, row.volumeYesterday, row.value, row.volumeGrowthBps]),
    [[1, 'KRX:252670', 700_000_000, 915_000_000_000, 12_875]],
  );
  assert.deepEqual([falling[0]?.instrument, falling[0]?.changeBps], ['KRX:247540', -2_999]);
  assert.deepEqual([largest[0]?.marketCap, largest[0]?.marketShareBps], [1_536_146_000_000_000, 2_431]);
  assert.deepEqual(index, {
    level: 401_234,
    change: -5_120,
    changeBps: -126,
    open: 406_000,
    high: 407_155,
    low: null,
    volume: 412_345_000,
    value: 15_432_100_000_000,
    rising: 210,
    falling: 680,
    unchanged: 40,
    atUpperLimit: 1,
    atLowerLimit: 0,
  });
  assert.deepEqual(
    indexWeeks.map((bar) => [bar.date, bar.close, bar.low, bar.volume, bar.value]),
    [
      [20_261_113, 406_354, 400_120, 412_345_000, 15_432_100_000_000],
      [20_261_120, 401_234, 400_120, 412_345_000, 15_432_100_000_000],
    ],
  );
  assert.deepEqual(
    indexMinutes.map((bar) => [bar.startsAtMs, bar.close, bar.volume]),
    [
      [Temporal.Instant.from('2026-11-20T00:00:00Z').epochMilliseconds, 54_100, 3_400_000],
      [Temporal.Instant.from('2026-11-20T00:10:00Z').epochMilliseconds, 54_012, 1_200_000],
    ],
  );
  assert.deepEqual([sectors[0]?.code, sectors[0]?.name, sectors[0]?.level], ['0001', '종합', 401_234]);
  assert.deepEqual(
    interruptions.map((row) => [row.instrument, row.isActive, row.endedAt?.toString() ?? null, row.staticReference]),
    [
      ['KRX:247540', true, null, 152_400],
      ['KRX:035900', false, '2026-11-20T00:32:10Z', null],
    ],
  );
  assert.deepEqual([interruptions[0]?.staticDeviationBps, interruptions[1]?.dynamicDeviationBps], [-1_004, 606]);
  assert.deepEqual(
    [etf.price, etf.navHundredths, etf.navYesterdayHundredths, etf.deviationBps, etf.trackingErrorBps],
    [54_210, 5_423_187, 5_490_211, -4, 12],
  );
  assert.deepEqual(marks, {
    instrument: 'KRX:247540',
    designation: 'overheated',
    isHalted: false,
    isLiquidated: false,
    isManaged: false,
    isOverheated: true,
    isShortSaleOverheated: true,
    isAbnormalRise: false,
    isUnfaithfulDisclosure: null,
    isLowLiquidity: false,
    isVolatilityInterrupted: false,
    isCreditAllowed: false,
    marginBps: 10_000,
    previousClose: 152_400,
    previousVolume: 1_234_567,
  });
  assert.deepEqual(
    news.map(({ at, title, source, instruments }) => [at.toString(), title, source, instruments]),
    [
      ['2026-11-20T00:00:00Z', '[공시] 분기보고서', '거래소', ['KRX:005930']],
      ['2026-11-20T06:20:01Z', '삼성전자, 장 마감 앞두고 약세', '연합뉴스', ['KRX:005930', 'KRX:000660']],
    ],
  );
});

test('KisQuotes refuses on paper what KIS offers on real only, and sends nothing', async () => {
  const { quotes } = createKisBroker(fixtureOptions({ rest: 'http://127.0.0.1:9', webSocket: 'ws://127.0.0.1:9' }));
  const realOnly: readonly ((quotes: KisQuotes) => Promise<unknown>)[] = [
    () => quotes.pastMinuteBars('KRX:005930', { date: day, count: 1 }),
    () => quotes.marketDays(),
    () => quotes.product('KRX:005930'),
    () => quotes.stock('KRX:005930'),
    () => quotes.prices(['KRX:005930']),
    () => quotes.volumeRanking(),
    () => quotes.changeRanking(),
    () => quotes.marketCapRanking(),
    () => quotes.index('kospi'),
    () => quotes.indexMinuteBars('kospi', { barSeconds: 60 }),
    () => quotes.sectorIndices('kospi'),
    () => quotes.volatilityInterruptions({ date: day }),
    () => quotes.etf('KRX:069500'),
    () => quotes.restrictions('KRX:005930'),
    () => quotes.news(),
  ];

  for (const ask of realOnly) await assert.rejects(ask(quotes), { code: 'kis.not-on-paper' }, String(ask));
});
