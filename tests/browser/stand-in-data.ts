import type { StrategyView } from '#link/runner-api.ts';
import type {
  BarView,
  InstrumentView,
  LimitView,
  OrderBookView,
  PortfolioView,
  QuoteView,
  StatusView,
} from '#link/views.ts';

/** Every instant of the stand-in is on this trading day, near 14:32 in Seoul. */
export const nowMs = Date.parse('2026-11-20T14:32:07+09:00');

export function at(time: string): string {
  return new Date(Date.parse(`2026-11-20T${time}+09:00`)).toISOString();
}

type Row = readonly [symbol: string, name: string, market: 'KOSPI' | 'KOSDAQ', kind: 'stock' | 'etf', base: number];

export const rows: readonly Row[] = [
  ['005930', '삼성전자', 'KOSPI', 'stock', 72_000],
  ['000660', 'SK하이닉스', 'KOSPI', 'stock', 99_000],
  ['005380', '현대차', 'KOSPI', 'stock', 149_500],
  ['035420', 'NAVER', 'KOSPI', 'stock', 338_000],
  ['069500', 'KODEX 200', 'KOSPI', 'etf', 38_500],
  ['035720', '카카오', 'KOSPI', 'stock', 41_200],
  ['068270', '셀트리온', 'KOSPI', 'stock', 182_300],
  ['051910', 'LG화학', 'KOSPI', 'stock', 301_000],
  ['247540', '에코프로비엠', 'KOSDAQ', 'stock', 118_700],
  ['091990', '셀트리온헬스케어', 'KOSDAQ', 'stock', 71_400],
];

export const instruments: readonly InstrumentView[] = rows.map(([symbol, name, market, kind]) => ({
  symbol,
  name,
  market,
  kind,
  leverage: 1,
}));

/** A random walk that is the same at every start. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

export function tickOf(price: number): number {
  if (price < 20_000) return 10;
  if (price < 50_000) return 50;
  if (price < 200_000) return 100;
  return 500;
}

export function rounded(price: number): number {
  return Math.round(price / tickOf(price)) * tickOf(price);
}

const moves: Readonly<Record<string, number>> = { '005930': 1.0167, '000660': 1.0061, '005380': 0.9947 };

export const quotes: readonly QuoteView[] = rows.map(([symbol, , , , base], index) => {
  const price = rounded(base * (moves[symbol] ?? 1 + ((index % 5) - 2) * 0.006));
  return {
    symbol,
    price,
    basePrice: base,
    open: rounded(base * 1.004),
    high: rounded(Math.max(price, base) * 1.004),
    low: rounded(Math.min(price, base) * 0.998),
    upperLimit: rounded(base * 1.3),
    lowerLimit: rounded(base * 0.7),
    volumeOfDay: 1_010_000 + index * 137_000,
    at: at('14:32:06'),
  };
});

export function quoteOf(symbol: string): QuoteView {
  const quote = quotes.find((each) => each.symbol === symbol);
  if (quote === undefined) throw new Error(`No quote of ${symbol}`);
  return quote;
}

export function bookOf(symbol: string, shift = 0): OrderBookView {
  const { price } = quoteOf(symbol);
  const tick = tickOf(price);
  const random = seeded(Number.parseInt(symbol, 10) + shift);
  const level = (step: number): { price: number; quantity: number } => ({
    price: price + step * tick,
    quantity: Math.round(8_000 + random() * 55_000),
  });
  return {
    symbol,
    at: at('14:32:07'),
    asks: Array.from({ length: 10 }, (_, index) => level(index + 1)),
    bids: Array.from({ length: 10 }, (_, index) => level(-index)),
  };
}

const dayMs = 86_400_000;

export function barsOf(symbol: string, interval: '1m' | '1d', count: number): BarView[] {
  const { price, basePrice } = quoteOf(symbol);
  const random = seeded(Number.parseInt(symbol, 10) + (interval === '1d' ? 1 : 2));
  const starts = interval === '1d' ? tradingDays(count) : minutes(count);
  let close = interval === '1d' ? price : price;
  const bars: BarView[] = [];
  for (const startsAtMs of starts.toReversed()) {
    const open = rounded(close * (1 + (random() - 0.52) * (interval === '1d' ? 0.034 : 0.003)));
    bars.unshift({
      startsAtMs,
      date: dateOf(startsAtMs),
      open,
      high: rounded(Math.max(open, close) * (1 + random() * 0.009)),
      low: rounded(Math.min(open, close) * (1 - random() * 0.009)),
      close,
      volume: Math.round(600_000 + random() * 3_000_000),
    });
    close = rounded(open * (1 + (random() - 0.5) * 0.008));
    if (close < basePrice * 0.6) close = rounded(basePrice * 0.6);
  }
  return bars;
}

export function tradingDays(count: number): number[] {
  const days: number[] = [];
  for (let day = Date.parse('2026-11-20T09:00:00+09:00'); days.length < count; day -= dayMs) {
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days.unshift(day);
  }
  return days;
}

function minutes(count: number): number[] {
  const open = Date.parse('2026-11-20T09:00:00+09:00');
  const all = Array.from({ length: 333 }, (_, index) => open + index * 60_000);
  return all.slice(-count);
}

export function dateOf(ms: number): number {
  return Number(new Date(ms + 9 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', ''));
}

export const portfolio: PortfolioView = {
  cash: 7_222_600,
  orderableCash: 6_724_600,
  equity: 10_084_297,
  equityAtOpen: 10_000_000,
  realisedOfDay: 36_400,
  unrealised: 51_000,
  feesOfDay: 479,
  taxOfDay: 2_624,
  positions: [
    { symbol: '005930', quantity: 10, cost: 728_500, price: 73_200, priceAt: at('14:32:06') },
    { symbol: '005380', quantity: 3, cost: 442_200, price: 148_700, priceAt: at('14:32:05') },
    { symbol: '069500', quantity: 20, cost: 770_000, price: 38_650, priceAt: at('14:32:06') },
  ],
  confirmedAt: at('14:32:04'),
  at: at('14:32:06'),
};

export function equityOfDay(): { at: string; equity: number }[] {
  const random = seeded(7);
  const open = Date.parse('2026-11-20T09:00:00+09:00');
  let equity = 10_000_000;
  const points = Array.from({ length: 333 }, (_, minute) => {
    equity += Math.round((random() - 0.47) * 9_000);
    return { at: new Date(open + minute * 60_000).toISOString(), equity };
  });
  const last = points.at(-1);
  const drift = last === undefined ? 0 : 10_084_297 - last.equity;
  return points.map((point, index) => ({ ...point, equity: Math.round(point.equity + (drift * index) / 332) }));
}

const limit = (
  code: string,
  scope: LimitView['scope'],
  subject: string,
  used: number,
  limit: number,
  unit: string,
): LimitView => ({ code, scope, subject, used, limit, unit });

export const limits: readonly LimitView[] = [
  limit('daily-loss', 'account', '', 82_400, 300_000, 'won'),
  limit('day-value-account', 'account', '', 2_184_500, 5_000_000, 'won'),
  limit('open-value', 'account', '', 683_000, 2_000_000, 'won'),
  limit('exposure', 'account', '', 3_159_900, 5_000_000, 'won'),
  limit('position-count', 'account', '', 4, 5, 'none'),
  limit('orders-per-minute-account', 'account', '', 2, 10, 'orders'),
  limit('orders-per-day', 'account', '', 14, 100, 'orders'),
  limit('order-value', 'account', '', 0, 1_000_000, 'won'),
  limit('day-value-strategy', 'strategy', 'tutorial', 1_426_000, 3_000_000, 'won'),
  limit('position-value', 'symbol', '005930', 732_000, 2_000_000, 'won'),
  limit('position-value', 'symbol', '000660', 1_892_400, 2_000_000, 'won'),
];

export const strategies: readonly StrategyView[] = [
  {
    name: 'tutorial',
    kind: 'rules',
    state: 'running',
    reason: '',
    symbols: ['005930', '000660', '005380', '069500'],
    interval: '1m',
    positions: 2,
    ordersOfDay: 5,
    profitOfDay: 54_015,
    lastSeenAt: at('14:32:06'),
    decisions: [
      { at: at('14:31:52'), symbol: '000660', message: '5일 평균이 20일 평균을 넘어 5주를 사려고 했어요.' },
      { at: at('14:05:31'), symbol: '005380', message: 'RSI가 70을 넘어 2주를 팔려고 했어요.' },
    ],
  },
  {
    name: 'example-momentum',
    kind: 'code',
    state: 'failed',
    reason: '5초 넘게 응답이 없어 14:20에 세웠어요.',
    symbols: ['035420'],
    interval: '1m',
    positions: 1,
    ordersOfDay: 3,
    profitOfDay: -5_200,
    lastSeenAt: at('14:20:01'),
    decisions: [],
  },
];

export function makeStatus(): StatusView {
  return {
    environment: 'trial',
    broker: 'kis',
    account: '••4821-01',
    now: new Date(nowMs).toISOString(),
    clockSpeed: 10,
    session: { kind: 'continuous', opensAt: at('09:00:00'), closesAt: at('15:20:00') },
    halted: null,
    connections: { orders: 'closed', quotes: 'closed', balance: 'half-open', stream: 'closed' },
    requestsPerSecond: { used: 6, limit: 18 },
    registrations: { used: 23, limit: 41, unwatched: [], withoutBook: [] },
    tokenExpiresAt: at('23:59:59'),
    unknownOrders: 1,
    journal: { sequence: 1_204, hash: 'a'.repeat(64) },
    build: 'stand-in',
  };
}
