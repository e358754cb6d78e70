import { gatewaySocket } from '#link/boot.ts';
import type { LinkClient } from '#link/client.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import { withConnection } from './connection.ts';

/** Calls the running gateway as ops. @throws FixConfiguration `cli.not-running`; whatever the gateway answers */
export function withGateway<T>(use: (gateway: LinkClient<GatewayApi>) => Promise<T>): Promise<T> {
  return withConnection({ socket: gatewaySocket, api: gatewayApi, role: 'cli' }, use);
}

/** The same as admin: for what lets more through, or something in. It cannot order. */
export function withGatewayAsAdmin<T>(use: (gateway: LinkClient<GatewayApi>) => Promise<T>): Promise<T> {
  return withConnection({ socket: gatewaySocket, api: gatewayApi, role: 'admin' }, use);
}
