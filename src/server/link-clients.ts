import type { LinkClient } from '#link/client.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { RunnerApi } from '#link/runner-api.ts';

/** The two processes that the pages ask. */
export interface LinkClients {
  readonly gateway: LinkClient<GatewayApi>;
  readonly runner: LinkClient<RunnerApi>;
}
