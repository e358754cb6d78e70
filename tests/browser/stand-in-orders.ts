import type { CheckView, OrderStep, OrderView } from '#link/views.ts';
import { at } from './stand-in-data.ts';

/** The orders of the stand-in's day, newest first; fresh at each call. */
export function makeOrders(): OrderView[] {
  return sketches.map((sketch, index) => order(sketch, index + 1));
}

const passedChecks: readonly CheckView[] = [
  ['halted', 0, 0, 'none'],
  ['order-value', 364_500, 1_000_000, 'won'],
  ['day-value-account', 2_549_000, 5_000_000, 'won'],
  ['price-collar', 0.13, 3, 'percent'],
  ['price-stale', 820, 5_000, 'milliseconds'],
  ['orders-per-minute-account', 2, 10, 'orders'],
  ['position-count', 4, 5, 'none'],
  ['cash', 364_500, 7_222_600, 'won'],
].map(([code, actual, limit, unit]) => ({ code, actual, limit, unit, passed: true }) as CheckView);

function step(kind: OrderStep['kind'], time: string, more: Partial<OrderStep> = {}): OrderStep {
  return { kind, at: at(time), quantity: null, price: null, detail: '', ...more };
}

type Sketch = Pick<OrderView, 'symbol' | 'side' | 'quantity' | 'price' | 'state' | 'requester'> & {
  readonly time: string;
  readonly filled?: number;
  readonly steps: readonly OrderStep[];
  readonly checks?: readonly CheckView[];
  readonly brokerOrderId?: string;
};

function order(sketch: Sketch, serial: number): OrderView {
  const { time, ...rest } = sketch;
  const filled = sketch.filled ?? 0;
  return {
    ...rest,
    orderId: `01JD3K-${String(serial).padStart(4, '0')}`,
    requestId: `request-${serial}`,
    filled,
    filledValue: filled * sketch.price,
    brokerOrderId: sketch.brokerOrderId ?? null,
    reason: '5일 평균이 20일 평균을 넘었어요.',
    checks: [...(sketch.checks ?? passedChecks)],
    steps: [...sketch.steps],
    createdAt: at(time),
  };
}

function way(time: string, ...more: readonly OrderStep[]): OrderStep[] {
  return [step('intent', `${time}.020`), step('approved', `${time}.021`), step('sending', `${time}.034`), ...more];
}

/** Newest first. */
const sketches: readonly Sketch[] = [
  {
    time: '14:31:52',
    symbol: '000660',
    side: 'buy',
    quantity: 5,
    price: 99_600,
    state: 'unknown',
    requester: 'tutorial',
    steps: way(
      '14:31:52',
      step('unknown', '14:32:02.118', { detail: 'timeout' }),
      step('inquiry', '14:32:05.300', { quantity: 1 }),
    ),
  },
  {
    time: '14:28:10',
    symbol: '069500',
    side: 'buy',
    quantity: 5,
    price: 38_650,
    state: 'acked',
    requester: 'tutorial',
    brokerOrderId: '0000117212',
    steps: way('14:28:10', step('acked', '14:28:10.160', { detail: '0000117212' })),
  },
  {
    time: '14:05:31',
    symbol: '005380',
    side: 'sell',
    quantity: 2,
    price: 148_900,
    filled: 1,
    state: 'partially-filled',
    requester: 'tutorial',
    brokerOrderId: '0000117057',
    steps: way(
      '14:05:31',
      step('acked', '14:05:31.162', { detail: '0000117057' }),
      step('filled', '14:05:33.407', { quantity: 1, price: 148_900 }),
    ),
  },
  {
    time: '13:40:03',
    symbol: '005930',
    side: 'buy',
    quantity: 14,
    price: 73_100,
    state: 'denied',
    requester: 'web',
    steps: [step('intent', '13:40:03.120'), step('denied', '13:40:03.121', { detail: 'order-value' })],
    checks: [
      ...passedChecks.filter(({ code }) => code !== 'order-value'),
      { code: 'order-value', actual: 1_023_400, limit: 1_000_000, unit: 'won', passed: false },
    ],
  },
  {
    time: '11:12:45',
    symbol: '005930',
    side: 'buy',
    quantity: 5,
    price: 72_900,
    filled: 5,
    state: 'filled',
    requester: 'tutorial',
    brokerOrderId: '0000109021',
    steps: way(
      '11:12:45',
      step('acked', '11:12:45.140', { detail: '0000109021' }),
      step('filled', '11:12:47.020', { quantity: 5, price: 72_900 }),
    ),
  },
  {
    time: '10:47:20',
    symbol: '035420',
    side: 'sell',
    quantity: 1,
    price: 342_000,
    state: 'rejected',
    requester: 'tutorial',
    steps: way('10:47:20', step('rejected', '10:47:20.155', { detail: 'APBK0400' })),
  },
  {
    time: '10:31:02',
    symbol: '005380',
    side: 'sell',
    quantity: 2,
    price: 148_200,
    filled: 2,
    state: 'filled',
    requester: 'web',
    brokerOrderId: '0000104410',
    steps: way(
      '10:31:02',
      step('acked', '10:31:02.150', { detail: '0000104410' }),
      step('filled', '10:31:05.010', { quantity: 2, price: 148_200 }),
    ),
  },
  {
    time: '09:32:18',
    symbol: '069500',
    side: 'buy',
    quantity: 20,
    price: 38_450,
    state: 'cancelled',
    requester: 'tutorial',
    brokerOrderId: '0000101218',
    steps: way(
      '09:32:18',
      step('acked', '09:32:18.150', { detail: '0000101218' }),
      step('cancel-requested', '09:35:01.100'),
      step('cancelled', '09:35:01.300'),
    ),
  },
];
