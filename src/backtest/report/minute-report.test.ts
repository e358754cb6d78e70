import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { dateNumber, plainDate } from '#domain/trading-date.ts';
import { nextTradingDay } from '#markets/calendar.ts';
import type { BacktestResult, BacktestTrade } from '../result.ts';
import { renderReport } from './html.ts';
import { daysFromMinutes, minuteDaysOf } from './minute-days.ts';
import { reportScript } from './report-script.ts';

const opensAt = 540;

/** Sessions of 2023 and 2024. */
function sessions(count: number): readonly number[] {
  const days: number[] = [];
  for (let day = plainDate(20230103); days.length < count; day = nextTradingDay(day)) days.push(dateNumber(day));
  return days;
}

function startOf(date: number, minute: number): number {
  const day = plainDate(date);
  return Date.UTC(day.year, day.month - 1, day.day) - 9 * 3_600_000 + minute * 60_000;
}

/** Minutes from 09:00 on that rise and fall by ticks. */
function minutesOf(symbol: string, days: readonly number[], perDay = 381): BarSeries {
  const rows = days.flatMap((date, day) =>
    Array.from({ length: perDay }, (_, minute) => {
      const close = 70_000 + 100 * Math.round(9 * Math.sin((day * perDay + minute) / 23) + 3 * Math.sin(minute / 2));
      return {
        date,
        at: startOf(date, opensAt + minute),
        open: close - 100,
        high: close + 200,
        low: close - 300,
        close,
      };
    }),
  );
  return {
    instrument: instrumentId(symbol),
    interval: '1m',
    date: Int32Array.from(rows, ({ date }) => date),
    startsAtMs: Float64Array.from(rows, ({ at }) => at),
    open: Float64Array.from(rows, ({ open }) => open),
    high: Float64Array.from(rows, ({ high }) => high),
    low: Float64Array.from(rows, ({ low }) => low),
    close: Float64Array.from(rows, ({ close }) => close),
    volume: new Float64Array(rows.length).fill(10),
  };
}

function aTrade(symbol: string, side: 'buy' | 'sell', date: number, minute: number): BacktestTrade {
  const money = { price: 70_000, quantity: 3, fee: 10, tax: 0, profit: side === 'buy' ? 0 : 500 };
  return { symbol, side, date, ...money, reason: '조건: 왜', barStartsAtMs: startOf(date, minute) };
}

function aResult(
  symbols: readonly string[],
  days: readonly number[],
  trades: readonly BacktestTrade[],
): BacktestResult {
  const equity = days.map((date, index) => ({ date, value: 10_000_000 + index * 10 }));
  const numbers = { maximumDrawdown: -0.01, exposure: 0.5, turnover: 1, fees: 10, tax: 0, deniedOrders: 0 };
  const unknown = { annualReturn: null, sharpe: null, volatility: null, winRate: null, profitFactor: null };
  return {
    strategy: 'minutes',
    symbols,
    from: days[0]!,
    to: days.at(-1)!,
    initialCash: 10_000_000,
    interval: '1m',
    metrics: { ...numbers, ...unknown, finalValue: 10_000_000, totalReturn: 0, roundTrips: 1, benchmarkReturn: 0 },
    equity,
    trades,
    orders: [],
    benchmark: equity,
    decisionLogSha256: 'abc',
  };
}

const names = new Map([['005930', '삼성전자']]);

test('renderReport() of a run over minutes shows candles of its days and the minutes of the last day with trades', () => {
  const days = sessions(4);
  const trades = [aTrade('005930', 'buy', days[1]!, 605), aTrade('005930', 'sell', days[2]!, 702)];
  const result = aResult(['005930'], days, trades);

  const html = renderReport(result, { language: 'ko', names, series: [minutesOf('005930', days)] });

  assert.match(html, /aria-label="삼성전자 2023\.01\.05의 분봉\. 산 자리 0곳, 판 자리 1곳\./);
  assert.match(html, /<h2>그날의 분봉<\/h2>/);
  assert.equal(html.match(/class="m-buy"/g)?.length, 2, 'on the candle of its day, at both sizes');
  assert.match(html, /최근 3일의 분봉이 들어 있어요/, 'both days with trades, and the last');
  assert.doesNotMatch(html.replace(reportScript, ''), /NaN|undefined|Infinity/);
  const data = JSON.parse(/id="report-data">(.*?)<\/script>/s.exec(html)![1]!) as {
    readonly trades: readonly (readonly number[])[];
    readonly minutes: readonly { readonly d: number; readonly step: number }[];
    readonly texts: { readonly states: Readonly<Record<string, string>> };
  };
  assert.deepEqual(
    data.trades.map((trade) => [trade[1], trade[6]]),
    [
      [1, 605],
      [2, 702],
    ],
  );
  assert.deepEqual(
    data.minutes.map(({ d, step }) => [d, step]),
    [
      [1, 100],
      [2, 100],
      [3, 100],
    ],
  );
  assert.equal(data.texts.states['filled'], '체결됐어요.');
});

test('renderReport() of a year of minutes of five stocks, traded each day, stays below 1 MB and keeps the newest days', () => {
  const symbols = ['005930', '000660', '035420', '005380', '069500'];
  const days = sessions(120);
  const series = symbols.map((symbol) => minutesOf(symbol, days, 120));
  const trades = days.flatMap((date) =>
    symbols.flatMap((symbol) => [aTrade(symbol, 'buy', date, 550), aTrade(symbol, 'sell', date, 600)]),
  );
  const result = aResult(symbols, days, trades);

  const html = renderReport(result, { language: 'en', names, series });
  const kept = minuteDaysOf(result, series);

  assert.ok(Buffer.byteLength(html) < 1_000_000, `${Buffer.byteLength(html)} bytes`);
  assert.equal(
    kept.reduce((sum, { start, end }) => sum + end - start, 0),
    30_000,
  );
  assert.equal(Math.min(...kept.map(({ date }) => date)), days.at(-50));
});

test('renderReport() of more trades, orders and bars than it holds stays below 3 MB, and knows what was held before', () => {
  const days = sessions(200);
  const trades = days.flatMap((date) =>
    Array.from({ length: 60 }, (_, place) => aTrade('005930', place % 2 === 0 ? 'buy' : 'sell', date, 541 + place)),
  );
  const first = { ...aTrade('005930', 'buy', days[0]!, 540), quantity: 7 };
  const orders = [first, ...trades].map(({ symbol, side, date, price, quantity, barStartsAtMs }, place) => ({
    symbol,
    side,
    date,
    price,
    quantity,
    state: 'filled',
    denials: [],
    reason: `매수 조건: 5일 평균 ${place}원이 20일 평균을 위로 뚫었어요. 한 번 주문 한도에 맞춰 줄였어요.`,
    barStartsAtMs: barStartsAtMs!,
  }));
  const result = { ...aResult(['005930'], days, [first, ...trades]), orders };
  const decisionLog = orders.map(
    ({ barStartsAtMs, reason }) => `${new Date(barStartsAtMs).toISOString()} 005930 note enter:x ${reason}`,
  );

  const html = renderReport(result, { language: 'ko', names, series: [minutesOf('005930', days)], decisionLog });

  assert.ok(Buffer.byteLength(html) < 3_000_000, `${Buffer.byteLength(html)} bytes`);
  const data = JSON.parse(/id="report-data">(.*?)<\/script>/s.exec(html)![1]!) as {
    readonly opening: readonly (readonly number[])[];
    readonly trades: readonly unknown[];
  };
  assert.match(html, /봉에는 최근 9,960번만 표시해요/);
  assert.equal(data.trades.length, 9_960, 'whole days');
  assert.deepEqual(data.opening, [[7, 490_000]]);
});

test('daysFromMinutes() takes the first open, both extremes, the last close and all volume of each day', () => {
  const [one, other] = sessions(2) as [number, number];
  const minutes = minutesOf('005930', [one, other], 3);

  const days = daysFromMinutes(minutes);

  assert.deepEqual([...days.date], [one, other]);
  assert.deepEqual([...days.open], [minutes.open[0], minutes.open[3]]);
  assert.deepEqual([...days.high], [Math.max(...minutes.high.slice(0, 3)), Math.max(...minutes.high.slice(3))]);
  assert.deepEqual([...days.low], [Math.min(...minutes.low.slice(0, 3)), Math.min(...minutes.low.slice(3))]);
  assert.deepEqual([...days.close], [minutes.close[2], minutes.close[5]]);
  assert.deepEqual([...days.volume], [30, 30]);
});
