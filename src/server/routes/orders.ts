import { Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Environment } from '#domain/environment.ts';
import type { Params } from '#link/api.ts';
import { brokerOrderId, type GatewayApi } from '#link/gateway-api.ts';
import { side, symbol, wonAmount, type OrderView } from '#link/views.ts';
import type { LinkClients } from '../link-clients.ts';
import { refusal } from '../refusal.ts';
import { bodyOf } from './body.ts';
import { ordersCsv } from './orders-csv.ts';

const ordersMax = 200;

/** What a ticket sends. The page makes the requestId, so that a repeated press cannot become a second order. */
const ticket = z.strictObject({
  requestId: z.string().min(8).max(64),
  symbol,
  side,
  quantity: z.int().positive(),
  price: wonAmount.positive(),
});
const amendment = z.strictObject({ price: wonAmount.positive(), quantity: z.int().positive() });
const nothing = z.strictObject({});
/** Null: the broker's own screen has no such order. */
const settlement = z.strictObject({ brokerOrderId: brokerOrderId.nullable() });
/** The page makes the requestId here too: said twice, it would cover two orders. */
const declaration = z.strictObject({
  requestId: z.string().min(8).max(64),
  symbol,
  side,
  quantity: z.int().positive(),
  brokerOrderId: brokerOrderId.nullable(),
});

/** Orders of today: list, look, ask the guard, send, change, withdraw, look for. */
export function orderRoutes({ gateway }: LinkClients, environment: Environment): Hono {
  const routes = new Hono();
  const list = (): Promise<readonly OrderView[]> => gateway.call('orders', { limit: ordersMax, strategy: null });

  routes.get('/orders', async (context) => context.json(await list()));
  routes.get('/orders.csv', async (context) => {
    const names = new Map((await gateway.call('instruments', {})).map(({ symbol, name }) => [symbol, name]));
    context.header('content-disposition', 'attachment; filename="snowball-orders.csv"');
    return context.body(ordersCsv(await list(), names), 200, { 'content-type': 'text/csv; charset=utf-8' });
  });
  routes.get('/orders/:id', async (context) =>
    context.json(await gateway.call('order', { orderId: context.req.param('id') })),
  );

  // Real money asks for a passkey step-up that this build does not have yet; withdrawing and looking stay open.
  const closed: MiddlewareHandler = async (context, next) =>
    environment === 'real'
      ? refusal(context, 403, 'orders.closed', 'Orders from the web are for trial and paper trading only')
      : next();
  routes.post('/orders/preview', closed, async (context) => {
    const request = await bodyOf(context, ticket);
    return context.json(await gateway.call('preview', orderRequest(request)));
  });
  routes.post('/orders', closed, async (context) => {
    const request = await bodyOf(context, ticket);
    return context.json(await gateway.call('submit', orderRequest(request)));
  });
  routes.post('/orders/cancel-all', async (context) => {
    await bodyOf(context, nothing);
    return context.json(await gateway.call('cancelAll', {}));
  });
  routes.post('/orders/:id/cancel', async (context) =>
    context.json(await gateway.call('cancel', { orderId: context.req.param('id') })),
  );
  routes.post('/orders/:id/find', async (context) =>
    context.json(await gateway.call('find', { orderId: context.req.param('id') })),
  );
  routes.post('/orders/declare', async (context) => {
    const { requestId, ...declared } = await bodyOf(context, declaration);
    return context.json(await gateway.call('declareManual', declared, requestId));
  });
  routes.post('/orders/:id/settle', async (context) => {
    const said = await bodyOf(context, settlement);
    return context.json(await gateway.call('settleOrder', { orderId: context.req.param('id'), ...said }));
  });
  routes.post('/orders/:id/confirm', async (context) => {
    await bodyOf(context, nothing);
    return context.json(await gateway.call('confirmOrder', { orderId: context.req.param('id') }));
  });
  routes.post('/orders/:id/amend', closed, async (context) => {
    const change = await bodyOf(context, amendment);
    return context.json(await gateway.call('amend', { orderId: context.req.param('id'), ...change }));
  });

  return routes;
}

function orderRequest(request: z.infer<typeof ticket>): Params<GatewayApi, 'submit'> {
  return { ...request, type: 'limit', strategy: null, reason: '' };
}
