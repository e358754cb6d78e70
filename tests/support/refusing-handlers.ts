import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import type { Handlers } from '#link/listener.ts';

/** Handlers of a stand-in for the gateway: what a test uses, and a refusal for everything else, whatever is added later. */
export function refusingHandlers(used: Partial<Handlers<GatewayApi>>): Handlers<GatewayApi> {
  const refuse = (name: string) => () => Promise.reject(new Error(`no test of this stand-in uses ${name}`));
  const others = Object.keys(gatewayApi.methods).map((name) => [name, refuse(name)]);
  return { ...Object.fromEntries(others), ...used } as Handlers<GatewayApi>;
}
