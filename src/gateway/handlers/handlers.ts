import { RetryLater } from '#domain/errors.ts';
import { limitUsage } from '#guard/limit-usage.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { Handlers } from '#link/listener.ts';
import type { PortfolioView, StatusView } from '#link/views.ts';
import { alertHandlers } from './alert-handlers.ts';
import { doubtHandlers } from './doubt-handlers.ts';
import type { EquityOfDay } from '../equity-of-day.ts';
import type { Gateway } from '../gateway.ts';
import { readyPatienceMs } from './handler-patience.ts';
import { limitHandlers } from './limit-handlers.ts';
import { marketHandlers } from './market-handlers.ts';
import { orderHandlers } from './order-handlers.ts';
import { permitHandlers } from './permit-handlers.ts';
import { safetyHandlers, type SafetyParts } from './safety-handlers.ts';
import type { StepUp } from './step-up.ts';
import type { Subscriptions, Topic } from '../market/subscriptions.ts';

/** Every method of the gateway's API. Roles and shapes are checked by the link before any of these runs. */
export function gatewayHandlers(
  gateway: Gateway,
  parts: SafetyParts & {
    readonly subscriptions: Subscriptions;
    readonly equity: EquityOfDay;
    readonly stepUp: StepUp;
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

function booksClosed(): never {
  throw new RetryLater('gateway.resolving', "Cannot read the portfolio yet: the broker's balance has not come in");
}
