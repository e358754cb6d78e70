import { randomUUID } from 'node:crypto';
import { FixConfiguration, RetryLater } from '#domain/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { decideAmend } from '#guard/decide-amend.ts';
import { decide } from '#guard/decide.ts';
import { limitUsage } from '#guard/limit-usage.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { Caller, Handlers } from '#link/listener.ts';
import type { OrderView, PortfolioView, QuoteView, StatusView } from '#link/views.ts';
import { listingOf, listings } from '#markets/listings.ts';
import { sessionAt } from '#markets/sessions.ts';
import { alertHandlers, owedAlerts } from './alert-handlers.ts';
import { checkRow } from './desk/requests.ts';
import { isOnItsWay, isOver, openOrders } from './desk/order-questions.ts';
import { findOrder, type DeskOrder } from './desk/state.ts';
import type { EquityOfDay } from './equity-of-day.ts';
import type { Gateway } from './gateway.ts';
import { guardOrder } from './guard-state.ts';
import { limitHandlers } from './limit-handlers.ts';
import { actor, orderRequest } from './order-request.ts';
import { orderView } from './order-view.ts';
import { permitHandlers } from './permit-handlers.ts';
import { ResumeSteps } from './resume-steps.ts';
import { bookView } from './quote-table.ts';
import type { ResumeProof } from './resume-proof.ts';
import type { StepUp } from './step-up.ts';
import type { Subscriptions, Topic } from './subscriptions.ts';
import type { Watcher } from './watch-list.ts';

/** Real milliseconds a call waits for the start to be resolved, for an order's fate, and for cancels to take effect. */
const readyPatienceMs = 8_000;
const fatePatienceMs = 45_000;
const lanePatienceMs = 15_000;
const cancelPatienceMs = 10_000;

/** Every method of the gateway's API. Roles and shapes are checked by the link before any of these runs. */
export function gatewayHandlers(
  gateway: Gateway,
  parts: {
    readonly status: () => StatusView;
    readonly subscriptions: Subscriptions;
    readonly equity: EquityOfDay;
    readonly stepUp: StepUp;
    readonly isWebConvenient: boolean;
    /** The reason in the file that halts, while it is there. */
    readonly haltFile?: (() => string | null) | undefined;
    /** Throws when the broker's key is too old to be traded with. */
    readonly checkKey?: (() => void) | undefined;
    readonly resumeProof: ResumeProof;
    readonly isOpenedByCredential: boolean;
    readonly onSubscribed: (connectionId: number, topics: readonly Topic[]) => void;
  },
): Handlers<GatewayApi> {
  return {
    ...marketHandlers(gateway),
    ...accountHandlers(gateway, parts),
    ...limitHandlers(gateway, parts),
    ...permitHandlers(gateway),
    ...orderHandlers(gateway),
    ...doubtHandlers(gateway),
    ...alertHandlers(gateway),
    ...safetyHandlers(gateway, parts),
    approvals: async () => parts.stepUp.pending(),
    approve: async ({ code }, caller) => parts.stepUp.approve(code, caller),
    subscribe: async ({ topics }, caller) => {
      parts.subscriptions.add(caller.connectionId, topics);
      parts.onSubscribed(caller.connectionId, topics);
      return {};
    },
  };
}

function marketHandlers(gateway: Gateway) {
  const { feed } = gateway;
  return {
    instruments: async () => listings.map(({ id: _id, ...listing }) => listing),
    quote: async ({ symbol }: { readonly symbol: string }, caller: Caller): Promise<QuoteView> => {
      const instrument = listed(symbol);
      feed.want(instrument, watcher(caller));
      await feed.ensure(instrument);
      return feed.quotes.view(instrument) ?? notKnown(symbol);
    },
    quotes: async () => [...feed.quotes.views()],
    orderBook: async ({ symbol }: { readonly symbol: string }, caller: Caller) => {
      const instrument = listed(symbol);
      feed.want(instrument, watcher(caller));
      return bookView(await feed.orderBook(instrument));
    },
    bars: async (
      params: { readonly symbol: string; readonly interval: '1m' | '1d'; readonly count: number },
      caller: Caller,
    ) => {
      const instrument = listed(params.symbol);
      feed.want(instrument, watcher(caller));
      const { interval, count } = params;
      return [...(await (interval === '1m' ? feed.minuteBars(instrument, count) : feed.dailyBars(instrument, count)))];
    },
    unwatch: async ({ symbols }: { readonly symbols: readonly string[] }, { connectionId }: Caller) => {
      for (const symbol of symbols) feed.unwant(listed(symbol), connectionId);
      return {};
    },
  } satisfies Partial<Handlers<GatewayApi>>;
}

function accountHandlers(gateway: Gateway, parts: { readonly status: () => StatusView; readonly equity: EquityOfDay }) {
  return {
    status: async () => parts.status(),
    portfolio: async (): Promise<PortfolioView> => {
      await gateway.ready(readyPatienceMs);
      return gateway.portfolio() ?? booksClosed();
    },
    equityOfDay: async () => [...parts.equity.points()],
    limits: async () => limitUsage(gateway.guardState(gateway.state)).map((row) => ({ ...row })),
    recordLogin: async ({ outcome, method }: { readonly outcome: string; readonly method: string }) => {
      await gateway.recorder.record({ kind: 'login', outcome, method });
      return {};
    },
  } satisfies Partial<Handlers<GatewayApi>>;
}

function orderHandlers(gateway: Gateway) {
  const { recorder } = gateway;
  const view = (orderId: string): OrderView => orderView(required(gateway, orderId));
  return {
    orders: async (wanted: Wanted) => newest(gateway, wanted).map(orderView),
    order: async ({ orderId }: { readonly orderId: string }) => view(orderId),
    preview: async (params, caller) => {
      const request = orderRequest(params, caller);
      await gateway.feed.ensure(request.instrument);
      await gateway.traded.ensure(request.instrument);
      const verdict = decide(request, gateway.guardState(gateway.state));
      return { approved: verdict.kind === 'approved', checks: verdict.checks.map(checkRow) };
    },
    submit: async (params, caller) => {
      const request = orderRequest(params, caller);
      gateway.requireSession('take the order');
      if (listingOf(params.symbol) !== null) await prepared(gateway, request.instrument, caller);
      await laneFree(gateway, request);
      const { orderId } = await recorder.record((state) => ({
        kind: 'submit',
        orderId: randomUUID() as OrderId,
        request,
        verdict: () => decide(request, gateway.guardState(state)),
      }));
      const id = orderId ?? request.requestId;
      await gateway.settled(id, () => isAnswered(findOrder(gateway.state, id as OrderId)), fatePatienceMs);
      return view(id);
    },
    cancel: async ({ orderId }, caller) => {
      await recorder.record({ kind: 'cancel', orderId: required(gateway, orderId).orderId, by: actor(caller) });
      await gateway.settled(orderId, () => isGone(gateway, orderId), cancelPatienceMs);
      return view(orderId);
    },
    amend: async (params, _caller) => {
      const { orderId, price } = { orderId: params.orderId, price: won(params.price) };
      const order = required(gateway, orderId);
      gateway.requireSession('amend the order');
      const change = { ...order.request, price, quantity: quantity(params.quantity) };
      await recorder.record((state) => ({
        kind: 'amend',
        orderId: order.orderId,
        price,
        quantity: change.quantity,
        verdict: () =>
          decideAmend(change, guardOrder(findOrder(state, order.orderId) ?? order), gateway.guardState(state)),
      }));
      const isSettled = (): boolean => findOrder(gateway.state, order.orderId)?.amend?.phase !== 'sending';
      await gateway.settled(orderId, isSettled, fatePatienceMs);
      return view(orderId);
    },
  } satisfies Partial<Handlers<GatewayApi>>;
}

/** What a person does about orders that the records alone cannot tell. */
function doubtHandlers(gateway: Gateway) {
  const { recorder } = gateway;
  const view = (orderId: string): OrderView => orderView(required(gateway, orderId));
  return {
    declareManual: async ({ symbol, side, quantity: size, brokerOrderId }, caller) => {
      await recorder.record({
        kind: 'declare-manual',
        date: dateNumber(seoulDate(gateway.clock.now())),
        instrument: listed(symbol),
        side,
        quantity: quantity(size),
        brokerOrderId,
        by: actor(caller),
      });
      return {};
    },
    settleOrder: async ({ orderId, brokerOrderId }, caller) => {
      const order = required(gateway, orderId);
      const rows = (await gateway.pump.freshList(order.date)) ?? noList();
      await recorder.record({ kind: 'settle', orderId: order.orderId, brokerOrderId, rows, by: actor(caller) });
      return view(orderId);
    },
    find: async ({ orderId }) => {
      await recorder.record({ kind: 'find', orderId: required(gateway, orderId).orderId });
      await gateway.pump.nextRound();
      return view(orderId);
    },
  } satisfies Partial<Handlers<GatewayApi>>;
}

interface SafetyParts {
  readonly status: () => StatusView;
  readonly haltFile?: (() => string | null) | undefined;
  readonly checkKey?: (() => void) | undefined;
  readonly resumeProof: ResumeProof;
  readonly isOpenedByCredential: boolean;
  readonly isWebConvenient: boolean;
}

function safetyHandlers(gateway: Gateway, { status, haltFile, resumeProof, ...parts }: SafetyParts) {
  const { recorder } = gateway;
  const steps = new ResumeSteps({
    elapsedMs: () => performance.now(),
    haltFile: haltFile ?? (() => null),
    checkKey: parts.checkKey,
    otherBuilds: () => gateway.deadMan.otherBuilds,
    proof: resumeProof,
    isOpenedByCredential: parts.isOpenedByCredential,
    isWebConvenient: parts.isWebConvenient,
    isTrial: gateway.environment === 'trial',
  });
  return {
    halt: async ({ reason }: { readonly reason: string }, caller: Caller) => {
      await recorder.record({ kind: 'halt', by: actor(caller), reason });
      return status();
    },
    prepareResume: async (_params: unknown, { role }: Caller) => steps.prepare(gateway.state, role),
    resume: async ({ code }: { readonly code: string }, caller: Caller) => {
      // Asked once more when its turn has come: a halt that is being recorded now must not be lifted by it.
      await recorder.record((state) => {
        steps.confirm(code, state, caller.role);
        return { kind: 'resume', by: actor(caller) };
      });
      steps.used();
      return status();
    },
    heartbeat: async ({ builds, halt, alerts = [] }, { role }) => {
      const isHaltOwed = halt !== undefined && gateway.state.halted === null;
      // In one turn: whoever resumes after the halt has been shown the alert too.
      await Promise.all([
        ...(isHaltOwed ? [recorder.record({ kind: 'halt', by: role, reason: halt })] : []),
        ...owedAlerts(gateway, role === 'watchdog' ? alerts : []),
      ]);
      gateway.deadMan.beat(role === 'supervisor' ? 'supervisor' : 'watchdog', builds);
      const isContinuous = sessionAt(gateway.clock.now()).kind === 'continuous';
      return {
        build: gateway.build,
        isHalted: gateway.state.halted !== null,
        openOrders: openOrders(gateway.state).length,
        dataAgeMs: isContinuous ? gateway.monitor.dataAgeMs(performance.now()) : null,
      };
    },
    cancelAll: async (_params: unknown, caller: Caller) => {
      const asked = openOrders(gateway.state).map((order) => order.orderId);
      await Promise.all(asked.map((orderId) => cancelQuietly(gateway, orderId, actor(caller))));
      await Promise.all(
        asked.map((orderId) => gateway.settled(orderId, () => isGone(gateway, orderId), cancelPatienceMs)),
      );
      return { asked: asked.length, cancelled: asked.filter((orderId) => isGone(gateway, orderId)).length };
    },
  } satisfies Partial<Handlers<GatewayApi>>;
}

/** An order still on its way cannot be cancelled yet; it stays among those asked for and not cancelled. */
async function cancelQuietly(gateway: Gateway, orderId: OrderId, by: string): Promise<void> {
  try {
    await gateway.recorder.record({ kind: 'cancel', orderId, by });
  } catch (error) {
    if (!(error instanceof RetryLater)) throw error;
  }
}

/** The guard needs a base price, an open day and a resolved past: waited for here, denied there when it takes too long. */
async function prepared(gateway: Gateway, instrument: InstrumentId, caller: Caller): Promise<void> {
  gateway.feed.want(instrument, watcher(caller));
  await gateway.ready(readyPatienceMs);
  try {
    await gateway.feed.ensure(instrument);
    await gateway.traded.ensure(instrument);
  } catch (error) {
    // Without a base price or an average the guard says no, and records it: better than an error nobody finds in the journal.
    if (!(error instanceof RetryLater)) throw error;
  }
}

/** The runner asks for its strategies, everybody else for a person. */
function watcher({ role, connectionId }: Caller): Watcher {
  return role === 'runner' ? { kind: 'strategy', connectionId } : { kind: 'person' };
}

/** Two orders of one lane are sent one after the other; the guard refuses what still meets a closed lane. */
async function laneFree(gateway: Gateway, { instrument, side }: OrderRequest): Promise<void> {
  const before = [...gateway.state.orders.values()].find(
    (order) => isOnItsWay(order) && order.request.instrument === instrument && order.request.side === side,
  );
  if (before === undefined) return;
  await gateway.settled(before.orderId, () => isAnswered(findOrder(gateway.state, before.orderId)), lanePatienceMs);
}

function isAnswered(order: DeskOrder | null): boolean {
  return order !== null && order.state !== 'intent' && order.state !== 'sending';
}

function isGone(gateway: Gateway, orderId: string): boolean {
  const order = findOrder(gateway.state, orderId as OrderId);
  return order === null || isOver(order);
}

function required(gateway: Gateway, orderId: string): DeskOrder {
  const order = findOrder(gateway.state, orderId as OrderId);
  if (order !== null) return order;
  throw new FixConfiguration('order.not-found', `Cannot find the order "${orderId}": there is none with this id`);
}

interface Wanted {
  readonly limit: number;
  readonly strategy: string | null;
  /** The last order of the page before. */
  readonly before?: string;
}

/** Newest first; empty after an order that nobody knows, since nothing can be said to be older than it. */
function newest(gateway: Gateway, { limit, strategy, before }: Wanted): readonly DeskOrder[] {
  const days = [gateway.state.orders, ...gateway.state.archive.map((day) => day.orders).toReversed()];
  const orders: DeskOrder[] = [];
  let isPast = before === undefined;
  for (const day of days) {
    for (const order of [...day.values()].toReversed()) {
      const { requester } = order.request;
      const isWanted = strategy === null || (requester.kind === 'strategy' && requester.name === strategy);
      if (isPast && isWanted && orders.length < limit) orders.push(order);
      if (order.orderId === before) isPast = true;
    }
  }
  return orders;
}

function listed(symbol: string) {
  const listing = listingOf(symbol);
  if (listing !== null) return listing.id;
  throw new FixConfiguration('market.unknown-symbol', `Cannot find "${symbol}": it is not among the known listings`);
}

function notKnown(symbol: string): never {
  throw new RetryLater('market.no-quote', `Cannot quote "${symbol}": the broker gave no price yet`);
}

function noList(): never {
  throw new RetryLater('order.no-list', "Cannot settle the order: the broker's list could not be read to its end");
}

function booksClosed(): never {
  throw new RetryLater('gateway.resolving', "Cannot read the portfolio yet: the broker's balance has not come in");
}
