import { join } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import { gatewaySocket, runnerSocket } from '#link/boot.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import { listen, type Handlers, type Listener } from '#link/listener.ts';
import { runnerApi, type BacktestJob, type RunnerApi } from '#link/runner-api.ts';
import { hashToken } from '#link/token.ts';
import type { CheckView, OrderView, StatusView } from '#link/views.ts';
import { backtestResult, choices, datasets } from './stand-in-backtest.ts';
import * as data from './stand-in-data.ts';
import { makeOrders } from './stand-in-orders.ts';
import { refusingHandlers } from '../support/refusing-handlers.ts';
import { limitPolicy } from './stand-in-limits.ts';

/** What the tests look at and set. */
export interface StandIn {
  readonly calls: { readonly method: string; readonly params: unknown }[];
  readonly orders: OrderView[];
  status: StatusView;
  close(): Promise<void>;
}

export interface StandInOptions {
  readonly runFolder: string;
  readonly token: string;
  /** Pushes quotes and books five times a second. */
  readonly isLive: boolean;
}

/** Answers as gateway and runner would, over the real link, from fixed data that remembers what is done to it. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const tokenHashes = { server: hashToken(options.token) };
  const state = { calls: [] as StandIn['calls'], orders: makeOrders(), status: data.makeStatus() };
  const startedAt = Date.now();
  const status = (): StatusView => ({
    ...state.status,
    now: new Date(data.nowMs + (Date.now() - startedAt) * state.status.clockSpeed).toISOString(),
    unknownOrders: state.orders.filter((order) => order.state === 'unknown').length,
  });
  const gateway: Listener<GatewayApi> = await listen({
    socketPath: join(options.runFolder, gatewaySocket),
    api: gatewayApi,
    tokenHashes,
    handlers: recording(
      state.calls,
      gatewayHandlers(state, status, () => gateway),
    ),
  });
  const runner = await listen({
    socketPath: join(options.runFolder, runnerSocket),
    api: runnerApi,
    tokenHashes,
    handlers: recording(state.calls, runnerHandlers()),
  });
  let beat = 0;
  const timer = setInterval(() => {
    beat += 1;
    if (options.isLive)
      gateway.push(
        'quotes',
        data.quotes.map((quote) => ({ ...quote, at: status().now })),
      );
    if (options.isLive) gateway.push('book', data.bookOf('005930', beat % 7));
    if (beat % 5 === 0) gateway.push('status', status());
  }, 200);
  return {
    calls: state.calls,
    orders: state.orders,
    get status() {
      return state.status;
    },
    set status(next) {
      state.status = next;
      gateway.push('status', status());
    },
    async close() {
      clearInterval(timer);
      await Promise.all([gateway.close(), runner.close()]);
    },
  };
}

interface State {
  readonly calls: StandIn['calls'];
  readonly orders: OrderView[];
  status: StatusView;
}

type Push = () => Listener<GatewayApi>;

function gatewayHandlers(state: State, status: () => StatusView, push: Push): Handlers<GatewayApi> {
  const find = (orderId: string): OrderView => {
    const order = state.orders.find((each) => each.orderId === orderId);
    if (order === undefined) throw new FixConfiguration('gateway.order', `Cannot find order "${orderId}"`);
    return order;
  };
  const change = (order: OrderView): Promise<OrderView> => {
    const index = state.orders.findIndex((each) => each.orderId === order.orderId);
    if (index < 0) state.orders.unshift(order);
    else state.orders[index] = order;
    push().push('order', order);
    push().push('status', status());
    return Promise.resolve(order);
  };
  const nowStep = (kind: OrderView['steps'][number]['kind']): OrderView['steps'][number] => ({
    kind,
    at: status().now,
    quantity: null,
    price: null,
    detail: '',
  });
  return refusingHandlers({
    status: () => Promise.resolve(status()),
    instruments: () => Promise.resolve([...data.instruments]),
    quote: ({ symbol }) => Promise.resolve(data.quoteOf(symbol)),
    quotes: () => Promise.resolve([...data.quotes]),
    orderBook: ({ symbol }) => Promise.resolve(data.bookOf(symbol)),
    bars: ({ symbol, interval, count }) => Promise.resolve(data.barsOf(symbol, interval, count)),
    portfolio: () => Promise.resolve(data.portfolio),
    equityOfDay: () => Promise.resolve(data.equityOfDay()),
    orders: () => Promise.resolve(state.orders),
    order: ({ orderId }) => Promise.resolve(find(orderId)),
    preview: (request) => {
      const checks = checksOf(request);
      return Promise.resolve({ approved: checks.every(({ passed }) => passed), checks });
    },
    submit: (request) => {
      const checks = checksOf(request);
      const approved = checks.every(({ passed }) => passed);
      const steps = approved
        ? [nowStep('intent'), nowStep('approved'), nowStep('sending'), nowStep('acked')]
        : [nowStep('intent'), nowStep('denied')];
      return change({
        orderId: `01JD3K-W${state.orders.length}`,
        requestId: request.requestId,
        requester: 'web',
        symbol: request.symbol,
        side: request.side,
        quantity: request.quantity,
        price: request.price,
        filled: 0,
        filledValue: 0,
        state: approved ? 'acked' : 'denied',
        brokerOrderId: approved ? '0000120000' : null,
        reason: request.reason,
        checks,
        steps,
        createdAt: status().now,
      });
    },
    cancel: ({ orderId }) => {
      const order = find(orderId);
      const steps = [...order.steps, nowStep('cancel-requested'), nowStep('cancelled')];
      return change({ ...order, state: 'cancelled', steps });
    },
    amend: ({ orderId, price, quantity }) => {
      const order = find(orderId);
      return change({ ...order, price, quantity, steps: [...order.steps, nowStep('amended')] });
    },
    cancelAll: async () => {
      const open = state.orders.filter(({ state }) => state === 'acked' || state === 'partially-filled');
      for (const order of open) await change({ ...order, state: 'cancelled' });
      return { asked: open.length, cancelled: open.length };
    },
    find: ({ orderId }) => {
      const order = find(orderId);
      return change({
        ...order,
        state: 'acked',
        brokerOrderId: '0000117300',
        steps: [...order.steps, nowStep('found')],
      });
    },
    halt: ({ reason }) => {
      state.status = {
        ...state.status,
        halted: { since: status().now, by: 'web', reason, openOrders: 2, cancelled: 2 },
      };
      push().push('status', status());
      return Promise.resolve(status());
    },
    prepareResume: () => {
      const { since, by, reason } = status().halted ?? { since: status().now, by: '', reason: '' };
      return Promise.resolve({ code: '123456', validMs: 60_000, since, by, reason, incidents: [], second: 'page' });
    },
    resume: () => {
      state.status = { ...state.status, halted: null };
      push().push('status', status());
      return Promise.resolve(status());
    },
    limits: () => Promise.resolve([...data.limits]),
    alerts: () =>
      Promise.resolve({
        alerts: [],
        open: 0,
        channels: [{ name: 'file', kind: 'file', state: 'up' }],
      }),
    limitPolicy: () => Promise.resolve(limitPolicy),
    recordLogin: () => Promise.resolve({}),
    subscribe: () => Promise.resolve({}),
  });
}

const orderValueMax = 1_000_000;

function checksOf(request: { readonly quantity: number; readonly price: number }): CheckView[] {
  const value = request.quantity * request.price;
  const check = (code: string, actual: number, limit: number, unit: string): CheckView => ({
    code,
    actual,
    limit,
    unit,
    passed: actual <= limit,
  });
  return [
    check('order-value', value, orderValueMax, 'won'),
    check('cash', value, data.portfolio.orderableCash, 'won'),
    ...Array.from({ length: 16 }, () => check('price-collar', 0.2, 3, 'percent')),
  ];
}

function runnerHandlers(): Handlers<RunnerApi> {
  const jobs = new Map<string, number>();
  const job = (jobId: string): Promise<BacktestJob> => {
    const asked = (jobs.get(jobId) ?? 0) + 1;
    jobs.set(jobId, asked);
    const progress = Math.min(1, asked / 3);
    return Promise.resolve({
      jobId,
      state: progress === 1 ? 'done' : 'running',
      progress,
      error: '',
      isSynthetic: true,
    });
  };
  return {
    strategies: () => Promise.resolve([...data.strategies]),
    datasets: () => Promise.resolve([...datasets]),
    backtestChoices: () => Promise.resolve([...choices]),
    startBacktest: () => job(`job-${jobs.size + 1}`),
    backtest: ({ jobId }) => job(jobId),
    backtestResult: () => Promise.resolve({ result: backtestResult(), html: '<!doctype html><title>report</title>' }),
    cancelBacktest: ({ jobId }) =>
      Promise.resolve({ jobId, state: 'cancelled', progress: 0, error: '', isSynthetic: true }),
    pulse: () => Promise.resolve({ build: 'stand-in' }),
  };
}

function recording<H extends object>(calls: StandIn['calls'], handlers: H): H {
  const wrapped = Object.entries(handlers).map(([method, handler]) => [
    method,
    (params: unknown, caller: unknown): unknown => {
      calls.push({ method, params });
      return (handler as (params: unknown, caller: unknown) => unknown)(params, caller);
    },
  ]);
  return Object.fromEntries(wrapped) as H;
}
