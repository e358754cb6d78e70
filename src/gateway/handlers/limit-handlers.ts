import { randomUUID } from 'node:crypto';
import { FixConfiguration } from '#domain/errors.ts';
import { limitDelayMs, profileDelayMs } from '#guard/limit-delay.ts';
import { isSameLimit } from '#guard/limit-fold.ts';
import type { LimitScope } from '#guard/limit-policy.ts';
import { limitNames, type LimitName } from '#guard/limits.ts';
import { lossLimit } from '#guard/loss-of-day.ts';
import { instrumentId } from '#domain/instrument.ts';
import { gatewayRights } from '#link/authorisation.ts';
import type { Params } from '#link/api.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { limitMethods, LimitPolicyView } from '#link/limit-api.ts';
import type { Caller, Handlers } from '#link/listener.ts';
import { listingOf } from '#markets/listings.ts';
import { blastRadius } from '../safety/blast-radius.ts';
import { entry } from '../desk/records.ts';
import { findOrder, type DeskState } from '../desk/state.ts';
import type { Gateway } from '../gateway.ts';
import { limitPolicyView } from './limit-view.ts';
import { actor } from './order-request.ts';
import type { OrderId } from '#domain/order.ts';

interface Wish {
  readonly scope: LimitScope['kind'];
  readonly subject: string;
  readonly name: string;
  readonly value: number;
}

/** Different limits of different subjects that may be set; far more than one person keeps in mind. */
const settingsMax = 500;

/** What a person decides about limits and strategies. Roles are checked by the link, the web's step-up before these run. */
export function limitHandlers(
  gateway: Gateway,
  parts: { readonly isWebConvenient: boolean },
): Pick<Handlers<GatewayApi>, Exclude<keyof typeof limitMethods, 'permits' | 'grantPermits'>> {
  const view = (): LimitPolicyView =>
    limitPolicyView(gateway.state, {
      base: gateway.limitsBase,
      now: gateway.clock.now(),
      isHalved: gateway.grade.isHalved,
    });
  return {
    limitPolicy: async () => view(),
    tightenLimit: async (wish, caller) => {
      await change(gateway, wish, { caller, mayLoosen: false });
      return view();
    },
    loosenLimit: async (wish, caller) => {
      await change(gateway, wish, { caller, mayLoosen: true });
      return view();
    },
    withdrawLimit: async ({ id }, caller) => {
      const { at } = gateway.moment();
      await gateway.recorder.record({
        kind: 'policy',
        record: entry('limit.withdrawn', { id, by: actor(caller), at }),
      });
      return view();
    },
    chooseProfile: async ({ profile }, caller) => {
      const now = gateway.clock.now();
      await gateway.recorder.record((state) => {
        const delayMs = profileDelayMs(profile, state.policy.limits, gateway.limitsBase, now.epochMilliseconds);
        const effectiveAt = now.add({ milliseconds: delayMs }).toString();
        const body = { id: randomUUID(), profile, effectiveAt, by: actor(caller), at: now.toString() };
        return { kind: 'policy', record: entry('limit.profile', body) };
      });
      return view();
    },
    listSymbol: async ({ symbol }, caller) => {
      await listing(gateway, symbol, true, caller);
      return view();
    },
    unlistSymbol: async ({ symbol }, caller) => {
      await listing(gateway, symbol, false, caller);
      return view();
    },
    ...strategyHandlers(gateway, view),
    blastRadius: async () => [
      ...blastRadius({
        environment: gateway.environment,
        force: gateway.limitsInForce(),
        lossLimit: known(lossLimit(gateway.guardState(gateway.state))),
        isWebConvenient: parts.isWebConvenient,
        submit: gatewayRights.submit,
      }),
    ],
  };
}

function strategyHandlers(gateway: Gateway, view: () => LimitPolicyView) {
  return {
    haltStrategy: async (
      { strategy, reason }: { readonly strategy: string; readonly reason: string },
      caller: Caller,
    ) => {
      await gateway.recorder.record({ kind: 'halt-strategy', strategy, by: actor(caller), reason });
      return view();
    },
    resumeStrategy: async ({ strategy }: { readonly strategy: string }, caller: Caller) => {
      const { at } = gateway.moment();
      const record = entry('strategy.resumed', { strategy, by: actor(caller), at });
      await gateway.recorder.record({ kind: 'policy', record });
      return view();
    },
    confirmOrder: async ({ orderId }: { readonly orderId: string }, caller: Caller) => {
      await gateway.recorder.record((state) => {
        const { at } = gateway.moment();
        const record = entry('terms.confirmed', { orderId: refused(state, orderId), by: actor(caller), at });
        return { kind: 'policy', record };
      });
      return {};
    },
    strategiesAlive: async ({ strategies, isolation }: Params<GatewayApi, 'strategiesAlive'>) => {
      gateway.pulse.beat(strategies);
      if (isolation !== undefined) gateway.grade.told(isolation);
      return {};
    },
  };
}

interface Asking {
  readonly caller: Caller;
  readonly mayLoosen: boolean;
}

/** Judged when its turn has come, by what binds then. */
async function change(gateway: Gateway, wish: Wish, { caller, mayLoosen }: Asking): Promise<void> {
  const asked = read(wish);
  const now = gateway.clock.now();
  await gateway.recorder.record((state) => {
    const delayMs = limitDelayMs(asked, state.policy.limits, gateway.limitsBase, now.epochMilliseconds);
    if (delayMs > 0 && !mayLoosen) throw loosens(wish);
    if (isTooMany(state, asked)) throw tooMany();
    const effectiveAt = now.add({ milliseconds: delayMs }).toString();
    const { kind: scope, subject } = asked.scope;
    const { name, value } = asked;
    const body = { id: randomUUID(), scope, subject, name, value, effectiveAt, by: actor(caller), at: now.toString() };
    return { kind: 'policy', record: entry('limit.changed', body) };
  });
}

async function listing(gateway: Gateway, symbol: string, isListed: boolean, caller: Caller): Promise<void> {
  if (listingOf(symbol) === null) throw badWish(`"${symbol}" is not among the known listings`);
  const { at } = gateway.moment();
  const body = { instrument: instrumentId(symbol), isListed, by: actor(caller), at };
  await gateway.recorder.record({ kind: 'policy', record: entry('universe.changed', body) });
}

function read({ scope: kind, subject, name, value }: Wish): { scope: LimitScope; name: LimitName; value: number } {
  const known = limitNames.find((candidate) => candidate === name);
  if (known === undefined) throw badWish(`there is no limit "${name}"; there are ${limitNames.join(', ')}`);
  if (kind === 'account' && subject !== '') throw badWish('a limit of the account is nobody’s own');
  if (kind === 'symbol' && listingOf(subject) === null) throw badWish(`"${subject}" is not among the known listings`);
  if (kind === 'strategy' && (subject === '' || subject === 'person')) throw badWish('a strategy must be named');
  return { scope: { kind, subject }, name: known, value };
}

function isTooMany({ policy }: DeskState, wish: { readonly scope: LimitScope; readonly name: LimitName }): boolean {
  const { changes } = policy.limits;
  return changes.length >= settingsMax && !changes.some((before) => isSameLimit(before, wish));
}

function refused(state: DeskState, orderId: string): OrderId {
  const order = findOrder(state, orderId as OrderId);
  if (order?.state === 'denied') return order.orderId;
  const found = order === null ? 'there is none with this id' : `it is ${order.state}`;
  throw new FixConfiguration(
    'order.not-denied',
    `Cannot confirm the order "${orderId}": ${found}, wanted a refused one`,
  );
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function badWish(found: string): FixConfiguration {
  return new FixConfiguration('limit.wrong', `Cannot set the limit: ${found}`);
}

function loosens({ name, value }: Wish): FixConfiguration {
  const wanted = 'wanted one that tightens, or "loosen", which waits';
  return new FixConfiguration(
    'limit.loosens',
    `Cannot set "${name}" to ${value} at once: it lets more through, ${wanted}`,
  );
}

function tooMany(): FixConfiguration {
  return new FixConfiguration(
    'limit.too-many',
    `Cannot set one more limit: there are ${settingsMax}, at most that many`,
  );
}
