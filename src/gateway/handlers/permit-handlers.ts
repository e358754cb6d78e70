import { randomUUID } from 'node:crypto';
import { grantDelayMs, grantedPermits } from '#guard/permit-grants.ts';
import type { Permits } from '#guard/permits.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { PermitsView } from '#link/limit-api.ts';
import type { Handlers } from '#link/listener.ts';
import { entry } from '../desk/records.ts';
import type { Gateway } from '../gateway.ts';
import { actor } from './order-request.ts';

/** The person's word on kinds of order: the same road as that of a limit (INV-12), and never a file alone. */
export function permitHandlers(gateway: Gateway): Pick<Handlers<GatewayApi>, 'permits' | 'grantPermits'> {
  return {
    permits: async () => permitsView(gateway),
    grantPermits: async (_params, caller) => {
      const now = gateway.clock.now();
      const wish = gateway.permitsWished;
      // Judged when its turn has come, by what is granted then.
      await gateway.recorder.record((state) => {
        const delayMs = grantDelayMs(state.policy.permits, wish, now.epochMilliseconds);
        const effectiveAt = now.add({ milliseconds: delayMs }).toString();
        const body = { id: randomUUID(), ...lists(wish), effectiveAt, by: actor(caller), at: now.toString() };
        return { kind: 'policy', record: entry('permits.granted', body) };
      });
      return permitsView(gateway);
    },
  };
}

function permitsView(gateway: Gateway): PermitsView {
  const nowMs = gateway.clock.now().epochMilliseconds;
  const grants = gateway.state.policy.permits;
  const last = grants.at(-1);
  const isWaiting = last !== undefined && last.effectiveAtMs > nowMs && last.permits !== grantedPermits(grants, nowMs);
  const effectiveAt = Temporal.Instant.fromEpochMilliseconds(last?.effectiveAtMs ?? 0).toString();
  return {
    inForce: lists(gateway.permits),
    wished: lists(gateway.permitsWished),
    waiting: isWaiting ? { ...lists(last.permits), effectiveAt, by: last.by } : null,
  };
}

function lists({ types, sessions, venues }: Permits) {
  return { types: [...types], sessions: [...sessions], venues: [...venues] };
}
