import type { KeyLifeView } from '#link/key-life.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { StatusView } from '#link/views.ts';
import { sessionAt } from '#markets/sessions.ts';
import { inDoubt, isOver } from '../desk/order-questions.ts';
import type { DeskState } from '../desk/state.ts';
import type { Gateway } from '../gateway.ts';
import type { WatchReport } from '#brokers/broker.ts';

export interface StatusFacts {
  /** Already masked. */
  readonly account: string;
  readonly tokenExpiresAt: Temporal.Instant | null;
  /** What the broker allows a second; 0 when not known. */
  readonly callsPerSecondMax: number;
  /** Empty or unsaid when nothing is known of the key's life. */
  readonly keyLives?: readonly KeyLifeView[];
}

/** How the gateway is, for every screen's header. */
export function statusView(gateway: Gateway, facts: StatusFacts): StatusView {
  const { clock, state, monitor } = gateway;
  const now = clock.now();
  const session = sessionAt(now);
  return {
    environment: gateway.environment,
    broker: gateway.broker.name,
    account: facts.account,
    now: now.toString(),
    clockSpeed: clock.speed,
    session: {
      kind: session.kind,
      opensAt: session.opensAt?.toString() ?? null,
      closesAt: session.closesAt?.toString() ?? null,
    },
    halted: haltedView(state),
    connections: monitor.states(),
    requestsPerSecond: { used: monitor.callsOfSecond(performance.now()), limit: facts.callsPerSecondMax },
    registrations: registrationsView(gateway.feed.registrations),
    tokenExpiresAt: facts.tokenExpiresAt?.toString() ?? null,
    answerAgesMs: monitor.answerAgesMs(performance.now()),
    ...(facts.keyLives === undefined || facts.keyLives.length === 0 ? {} : { keyLife: [...facts.keyLives] }),
    unknownOrders: inDoubt(state).length,
    journal: { ...gateway.journal.head() },
    build: gateway.build,
  };
}

function registrationsView({ used, limit, unwatched, withoutBook }: WatchReport): StatusView['registrations'] {
  return { used, limit, unwatched: unwatched.map(symbolOf), withoutBook: withoutBook.map(symbolOf) };
}

/** Orders that were open at the halt, and how many of them are gone by now. */
function haltedView(state: DeskState): StatusView['halted'] {
  if (state.halted === null) return null;
  const { since, by, reason } = state.halted;
  const concerned = [...state.orders.values()].filter((order) => order.mustCancel);
  const cancelled = concerned.filter(isOver).length;
  return { since, by, reason, openOrders: concerned.length, cancelled };
}

/** `5012345601` as `••3456-01`. */
export function maskAccount(account: string): string {
  return `••${account.slice(4, 8)}-${account.slice(8)}`;
}
